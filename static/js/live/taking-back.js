// What waits in the outbox, or has failed there, is taken back to be changed.

// Resolves to the entry, with those of its files that can still be had, each with its blob; or to nothing.
export async function takeBack(outbox, clientId) {
  const entry = outbox.entry(clientId);
  const files = await Promise.all((entry?.files ?? []).map(async (file) => ({ ...file, blob: await outbox.blob(file.key) })));
  outbox.remove(clientId);
  return entry && { ...entry, files: files.filter(({ blob, uploaded }) => blob || uploaded) };
}

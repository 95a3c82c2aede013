// The cargo of an entry in the outbox: files that are to be at the server before the words that go with them.

const SWEPT_MS = 20 * 3_600_000; // the server throws away after a day what was uploaded and not posted

// Whether any of its files is still to be brought, or brought again.
export function isLaden({ files = [] }, now) {
  return files.some((file) => !isThere(file, now));
}

export function isThere({ uploaded, uploadedAt }, now) {
  return Boolean(uploaded) && !(now - uploadedAt > SWEPT_MS);
}

// The entry, now that the server has this file and said what it is.
export function withUpload(entry, key, uploaded, now) {
  const files = entry.files.map((file) => (file.key === key ? { ...file, uploaded, uploadedAt: now } : file));
  const attachments = files.filter((file) => file.uploaded).map((file) => file.uploaded.id);
  const post = entry.post && { ...entry.post, body: { ...entry.post.body, attachments } };
  return { ...entry, files, frame: { ...entry.frame, attachments }, post };
}

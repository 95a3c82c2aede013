// Resolves once what stands now has been painted.
const LATEST_MS = 100; // a page that is not in sight has no frames

export function painted() {
  return new Promise((seen) => {
    requestAnimationFrame(() => setTimeout(seen));
    setTimeout(seen, LATEST_MS);
  });
}

// Pages are drawn by the clock of this browser, where its person has chosen no time zone (accounts/middleware.py).
const YEAR = 365 * 24 * 3600; // seconds

export function tellZone() {
  document.cookie = zoneCookie(Intl.DateTimeFormat().resolvedOptions().timeZone, location);
}

export function zoneCookie(zone, { protocol }) {
  const parts = [`zone=${zone ?? ""}`, "Path=/", `Max-Age=${YEAR}`, "SameSite=Lax"];
  return (protocol === "https:" ? [...parts, "Secure"] : parts).join("; ");
}

// This browser as one that may be woken: what it can do, and whether it is to be.
import { formToken } from "elements/common/post.js";
import { gettext } from "language/gettext.js";

const WANTED = "prizmai-push"; // the number of the person who wanted it here
const RENEWED = "prizmai-push-renewed";
const ADD = "/messaging/notifications/browser/";
const REMOVE = "/messaging/notifications/browser/remove/";

// "insecure", "unsupported", "denied", "on" or "off".
export async function stateOfBrowser() {
  if (!globalThis.isSecureContext) return "insecure";
  if (!navigator.serviceWorker || !globalThis.PushManager || !globalThis.Notification) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  return Notification.permission === "granted" && (await subscriptionHere()) ? "on" : "off";
}

// `key`: the server's public key, in base64url.
export async function wakeBrowser(key, userId) {
  if ((await Notification.requestPermission()) !== "granted") return;
  const registration = await navigator.serviceWorker.register("/sw.js");
  await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  await tell(ADD, facts(subscription));
  localStorage.setItem(WANTED, userId);
}

export async function leaveBrowserInPeace() {
  localStorage.removeItem(WANTED);
  const subscription = await subscriptionHere();
  if (!subscription) return;
  await tell(REMOVE, { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
}

// Once for each tab: the session may be another one than that in which it was wanted, and the address may have changed.
export async function renewBrowser(userId) {
  try {
    if (localStorage.getItem(WANTED) !== String(userId) || sessionStorage.getItem(RENEWED) || globalThis.Notification?.permission !== "granted") return;
    sessionStorage.setItem(RENEWED, "1");
    const subscription = await subscriptionHere();
    if (subscription) await tell(ADD, facts(subscription));
  } catch {
    // Another tab will.
  }
}

async function subscriptionHere() {
  const registration = await navigator.serviceWorker?.getRegistration();
  return registration?.pushManager?.getSubscription();
}

function facts(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  return { endpoint, ...keys };
}

async function tell(address, said) {
  const headers = { Accept: "application/json", "X-CSRFToken": formToken() };
  const answer = await fetch(address, { method: "POST", headers, body: new URLSearchParams(said) });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail ?? gettext("The server did not take it."));
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

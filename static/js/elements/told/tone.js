// A short tone of two notes, made here. Of several tabs one rings; several things at once make one tone.
const NOTES = [659.26, 880]; // Hz: e, then a
const NOTE_S = 0.14;
const LOUDNESS = 0.08;
const REST_MS = 2_000;

let context = null;

export async function ring() {
  const alone = (work) => (navigator.locks ? navigator.locks.request("prizmai-tone", { ifAvailable: true }, (lock) => lock && work()) : work());
  await alone(async () => {
    play();
    await new Promise((rested) => setTimeout(rested, REST_MS));
  });
}

function play() {
  context ??= new AudioContext();
  if (context.state === "suspended") context.resume().catch(() => {}); // nobody has touched the page yet
  document.documentElement.dataset.rang = String(Number(document.documentElement.dataset.rang ?? 0) + 1);
  NOTES.forEach((pitch, place) => note(pitch, context.currentTime + place * NOTE_S));
}

function note(pitch, at) {
  const [string, volume] = [context.createOscillator(), context.createGain()];
  string.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + NOTE_S * 2);
  string.connect(volume).connect(context.destination);
  string.start(at);
  string.stop(at + NOTE_S * 2);
}

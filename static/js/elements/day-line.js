// The line at which a day begins.
export function drawDay(date) {
  const line = document.createElement("li");
  const shown = document.createElement("local-time");
  const time = document.createElement("time");
  line.className = "day";
  shown.dataset.as = "day";
  time.dateTime = date.toISOString();
  shown.append(time);
  line.append(shown);
  return line;
}

// Catches files that are picked, pasted or dropped.
export function catchFiles(composer, { button, input, field, area, take }) {
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    take([...input.files]);
    input.value = "";
  });
  field.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0 || hasWords(event.clipboardData)) return;
    event.preventDefault();
    take(files);
  });
  catchDrops(composer, area, take);
}

// Office programs bring a picture of the words too; the HTML of a picture from a page has no words.
function hasWords(clipboard) {
  return clipboard.getData("text/html").replace(/<[^>]*>/g, "").trim() && clipboard.getData("text/plain").trim();
}

function catchDrops(composer, area, take) {
  const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");
  area.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    composer.dataset.dropping = "";
  });
  area.addEventListener("dragleave", ({ relatedTarget }) => !area.contains(relatedTarget) && delete composer.dataset.dropping);
  area.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    delete composer.dataset.dropping;
    take([...event.dataTransfer.files]);
  });
}

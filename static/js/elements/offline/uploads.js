// The uploads of this browser tab, whoever asks for them; every bar on the page that belongs to one follows it.
import { formToken } from "elements/common/post.js";
import { Uploads } from "live/uploads.js";

export const uploads = new Uploads({ csrfToken: formToken });

uploads.addEventListener("progress", ({ detail: { key, share } }) => {
  for (const bar of document.querySelectorAll(`progress[data-upload="${key}"]`)) bar.value = share;
});

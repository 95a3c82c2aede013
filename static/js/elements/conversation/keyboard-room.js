// Where the keys on the screen lie over the page instead of making it smaller (Safari on a phone), the page makes room
// for them itself, so that what is typed stays in sight. Elsewhere the viewport's interactive-widget does it.
import { painted } from "elements/common/painted.js";

const KEYS_PX = 120; // less is a toolbar

export function makeRoomForKeys(viewport = window.visualViewport) {
  if (!viewport) return;
  const fit = () => {
    const covered = Math.round(window.innerHeight - viewport.height);
    const isCovered = covered > KEYS_PX && viewport.scale === 1;
    document.documentElement.style.setProperty("--keys", isCovered ? `${covered}px` : "0px");
    if (isCovered) window.scrollTo(0, 0); // the browser has pushed the page out of sight to show the field
    painted().then(showField); // what keeps a reader's place has done so by then
  };
  viewport.addEventListener("resize", fit);
}

// With what saves an edit.
function showField() {
  const { activeElement: field } = document;
  if (field?.matches("input, textarea")) (field.closest(".message-edit") ?? field).scrollIntoView({ block: "nearest" });
}

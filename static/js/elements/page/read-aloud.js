// Words for whoever hears the page: others see it where it stands.
import { toast } from "elements/page/toast.js";

export function readAloud(words) {
  toast(words).className = "visually-hidden";
}

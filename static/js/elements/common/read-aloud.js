// Words for whoever hears the page: others see it where it stands.
import { toast } from "elements/common/toast.js";

export function readAloud(words) {
  toast(words).className = "visually-hidden";
}

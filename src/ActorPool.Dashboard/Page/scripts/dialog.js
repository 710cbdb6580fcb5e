// One dialog for every question: a confirmation, or a few numbers.
import { byId } from "./dom.js";

const dialog = byId("dialog");
const yes = byId("dialog-yes");
const no = byId("dialog-no");
const error = byId("dialog-error");

/**
 * Asks. The dialog stays open, with the reason, until what is to be done succeeds or the user gives up.
 * @param what title, body (elements), yes (what the button says), danger, act (does it; gives a line if it could not), or no act
 */
export function ask(what) {
  byId("dialog-title").textContent = what.title;
  byId("dialog-body").replaceChildren(...what.body);
  yes.textContent = what.yes ?? "";
  yes.hidden = !what.act;
  yes.disabled = false;
  yes.className = what.danger ? "danger" : "primary";
  no.textContent = what.act ? "Cancel" : "Close";
  error.hidden = true;
  yes.onclick = async () => {
    yes.disabled = true;
    const failure = await what.act();
    yes.disabled = false;
    if (failure) {
      error.textContent = failure;
      error.hidden = false;
    } else {
      dialog.close();
    }
  };
  no.onclick = () => dialog.close();
  dialog.onkeydown = (event) => {
    if (event.key === "Enter" && event.target.tagName === "INPUT" && what.act) {
      event.preventDefault();
      yes.click();
    }
  };
  dialog.showModal();
  (dialog.querySelector("input") ?? (what.danger || !what.act ? no : yes)).focus();
}

export const isAsking = () => dialog.open;

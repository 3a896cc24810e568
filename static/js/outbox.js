/* What a person types is kept in this browser until the server has it: see the modules beside this one. */

import "./outbox/drafts.js";
import "./outbox/submit.js";
import "./outbox/waiting.js";
import "./outbox/panel.js";
import "./outbox/signin.js";
import "./outbox/signout.js";
import { rememberPerson } from "./outbox/store.js";
import { send } from "./outbox/sender.js";

export { send };

send();
rememberPerson();
navigator.serviceWorker?.register("/sw.js").catch(() => {}); // without it only the page for want of a network is missing

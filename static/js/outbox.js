/* What a person types is kept in this browser until the server has it: see the modules beside this one. */

import "./outbox/drafts.js";
import "./outbox/submit.js";
import "./outbox/waiting.js";
import "./outbox/panel.js";
import "./outbox/signin.js";
import "./outbox/signout.js";
import { send } from "./outbox/sender.js";

send();

// Behaviours of the forms in which a case is entered. Each finds its element by a data attribute.
import * as address from "./entry_address.js";
import * as picker from "./entry_picker.js";
import * as uploads from "./entry_uploads.js";
import * as when from "./entry_when.js";

for (const behaviour of [picker, address, uploads, when]) behaviour.attach(document);

// When a part of the page could not be exchanged, say why. What was typed stays where it is.
import { toast } from "./toast.js";
import { word } from "./words.js";

const SAID = { 403: "forbidden", 409: "stale", 422: "invalid" };

function plain(request) {
  const kind = request.getResponseHeader("Content-Type") || "";
  const text = request.responseText.trim();
  return kind.startsWith("text/plain") && text.length < 300 ? text : "";
}

export function once() {
  document.addEventListener("htmx:responseError", (event) => {
    const request = event.detail.xhr;
    toast(plain(request) || word(SAID[request.status] || "failed"), { stays: true });
  });
  document.addEventListener("htmx:sendError", () => toast(word("network"), { stays: true }));
  document.addEventListener("htmx:timeout", () => toast(word("network"), { stays: true }));
}

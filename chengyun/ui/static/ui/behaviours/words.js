// Sentences that scripts say, written by the server in the language of the page (ui/_words.html).
export function word(name, count) {
  const words = document.getElementById("words");
  const sentence = (words && words.dataset[name]) || "";
  return count === undefined ? sentence : sentence.replace("{count}", String(count));
}

// All elements of a selector in a part of the page, the part itself included.
export function all(root, selector) {
  const found = [...root.querySelectorAll(selector)];
  if (root instanceof Element && root.matches(selector)) found.unshift(root);
  return found;
}

// What this browser keeps. A browser that refuses keeps nothing, and nobody is disturbed.
export const kept = {
  get(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // Full or forbidden: the page goes on without.
    }
  },
  keys(prefix) {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    } catch {
      return [];
    }
  },
};

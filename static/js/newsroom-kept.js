// A second net under what is typed: this browser's own storage, for as long as the server does not have it.
window.keptTyping = (prefix) => {
  "use strict";
  // Storage may be full or switched off: then there is only the server's copy.
  const quietly = (act, otherwise) => {
    try {
      return act();
    } catch {
      return otherwise;
    }
  };
  return {
    keep: (id, entries) =>
      quietly(() => localStorage.setItem(prefix + id, JSON.stringify({ at: Date.now(), entries }))),
    forget: (id) => quietly(() => localStorage.removeItem(prefix + id)),
    ids: () => quietly(
      () => Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)),
      [],
    ),
    read: (id) => quietly(() => JSON.parse(localStorage.getItem(prefix + id)), null),
  };
};

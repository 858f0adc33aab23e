// Whether the page waits for an answer, as a field does that loads its options from a server. Part of the scripts that look at widgets.
//
// A browser tells only of requests that are over. So while a widget is looked at, the ways to ask are counted, and a while after the last
// look they are the page's own again.
const COUNTED_FOR = 4000; // milliseconds after the latest look
const ANSWERS_WITHIN = 2500; // milliseconds: what a socket answers can't be told from what it sends by itself

/** Puts a counting function in the place of an owner's own one, and returns what undoes that. A page may have none, or have locked it. */
const counted = (owner, name, counting) => {
  const own = owner && owner[name];
  if (typeof own !== "function") return () => {};
  function stand(...given) { return counting(this, own, given); }
  try {
    owner[name] = stand;
  } catch {
    return () => {};
  }
  return () => { if (owner[name] === stand) owner[name] = own; };
};

/** Counts the requests of a window until it is not looked at any more. */
const watchRequests = (view) => {
  if (!registry.requests) registry.requests = { asked: 0, open: 0, until: 0, undo: null, timer: 0, view: null };
  const requests = registry.requests;
  const stop = () => {
    if (requests.undo) for (const undo of requests.undo) undo();
    Object.assign(requests, { undo: null, view: null });
  };
  clearTimeout(requests.timer);
  requests.timer = setTimeout(stop, COUNTED_FOR);
  if (requests.view === view) return;
  stop();
  const begins = () => { requests.asked += 1; requests.open += 1; };
  const ends = () => { requests.open -= 1; };
  requests.view = view;
  requests.undo = [
    counted(view, "fetch", (self, own, given) => {
      const answer = own.apply(self, given);
      if (answer && typeof answer.then === "function") {
        begins();
        answer.then(ends, ends);
      }
      return answer;
    }),
    counted(view.XMLHttpRequest && view.XMLHttpRequest.prototype, "send", (self, own, given) => {
      begins();
      self.addEventListener("loadend", ends, { once: true });
      return own.apply(self, given);
    }),
    counted(view.WebSocket && view.WebSocket.prototype, "send", (self, own, given) => {
      requests.asked += 1;
      requests.until = performance.now() + ANSWERS_WITHIN;
      return own.apply(self, given);
    }),
  ];
};

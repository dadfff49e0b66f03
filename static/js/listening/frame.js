// Talking with a host's frame by postMessage. Only what that very window says from its own origin is heard.
function parsed(data) {
  if (typeof data !== "string") return data;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

// Hands each message that is an object to `hear`; returns a function that says something to the frame.
export function talk(frame, hear) {
  const { origin } = new URL(frame.src);
  const listen = (event) => {
    if (!frame.isConnected) return window.removeEventListener("message", listen);
    if (event.source !== frame.contentWindow || event.origin !== origin) return undefined;
    const message = parsed(event.data);
    return message && typeof message === "object" ? hear(message) : undefined;
  };
  window.addEventListener("message", listen);
  return (message) => frame.contentWindow?.postMessage(message, origin);
}

// Tells where the player stands, both in seconds, where a host gave two numbers that can be true.
export function progress(tell, position, duration) {
  const isTrue = Number.isFinite(position) && Number.isFinite(duration) && position >= 0 && duration > 0;
  if (isTrue) tell("progress", { position, duration });
}

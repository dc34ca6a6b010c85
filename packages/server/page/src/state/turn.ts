/** Lets the browser do what waits meanwhile: draw, or take a key. A timer that follows another one would wait four milliseconds for nothing. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

// The stream of pictures, and whether it flows. A connection that drops is opened again by the browser; one that the server
// refuses, or that has gone silent, by this file.

const silenceMin = 5000;

export class Live {
  #handlers;
  #source = null;
  #silence = silenceMin;
  #watch = 0;
  #again = 0;

  /** @param handlers hello(what), picture(what), connected(), disconnected(why) */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  open() {
    this.close();
    const source = new EventSource("live");
    this.#source = source;
    source.addEventListener("hello", (event) => {
      const hello = JSON.parse(event.data);
      this.#silence = Math.max(silenceMin, hello.intervalMs * 5);
      this.#handlers.hello(hello);
    });
    source.addEventListener("picture", (event) => {
      this.#listen();
      this.#handlers.connected();
      this.#handlers.picture(JSON.parse(event.data));
    });
    source.addEventListener("again", () => this.open());
    source.addEventListener("error", () => this.#failed(source));
    this.#listen();
  }

  close() {
    clearTimeout(this.#watch);
    clearTimeout(this.#again);
    this.#source?.close();
    this.#source = null;
  }

  #listen() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      this.#handlers.disconnected("the server is silent");
      this.open();
    }, this.#silence);
  }

  async #failed(source) {
    this.#handlers.disconnected("the server does not answer");
    if (source.readyState !== EventSource.CLOSED || source !== this.#source) {
      return;
    }

    // The browser gives up on an answer that is no stream: ask what it was, and try again later.
    clearTimeout(this.#watch);
    this.#again = setTimeout(() => this.open(), silenceMin);
    this.#handlers.disconnected(await refusal());
  }
}

async function refusal() {
  const stop = new AbortController();
  try {
    const answer = await fetch("live", { signal: stop.signal, redirect: "manual", headers: { accept: "application/json" } });
    if (answer.ok) {
      return "the stream ended";
    }

    return answer.headers.get("content-type")?.startsWith("application/json")
      ? (await answer.json()).error
      : "the server wants you to log in: load the page again";
  } catch {
    return "the server does not answer";
  } finally {
    stop.abort();
  }
}

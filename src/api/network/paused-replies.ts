import type { buildConnector, Dispatcher } from 'undici';

type Handler = Dispatcher.DispatchHandler;

/**
 * Keeps a reply whose reader is slow from ending this process when the server closes the connection behind it:
 * the parser of undici 7 must not be paused at that moment (nodejs/undici issue 5360; version 8 is mended, and
 * wants a newer Node.js than the editor floor). What is paused is let go on then, as nothing more can come.
 */
export class PausedReplies {
  readonly #open = new Set<Dispatcher.DispatchController>();
  #isLettingGoOn = false;

  /** For `compose`: knows each reply from its request to its end. */
  readonly interceptor: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) =>
    dispatch(options, this.#known(handler));

  /** Connections whose end finds no reply paused. */
  guarded(connect: buildConnector.connector): buildConnector.connector {
    return (options, done) =>
      connect(options, (...outcome) => {
        // Before undici's own listener, which it adds when it has the socket.
        outcome[1]?.once('end', () => this.#letGoOn());
        done(...outcome);
      });
  }

  #letGoOn(): void {
    this.#isLettingGoOn = true;
    for (const reply of this.#open) reply.resume();
    this.#isLettingGoOn = false;
  }

  #known(handler: Handler): Handler {
    return {
      onRequestStart: (controller, context) => {
        this.#open.add(controller);
        handler.onRequestStart?.(controller, context);
      },
      onRequestUpgrade: (controller, ...rest) => {
        this.#open.delete(controller);
        handler.onRequestUpgrade?.(controller, ...rest);
      },
      onResponseStart: (...start) => handler.onResponseStart?.(...start),
      onResponseData: (controller, data) => {
        handler.onResponseData?.(controller, data);
        // The parser tells of an empty part when it is let go on, and a full reader pauses it again.
        if (this.#isLettingGoOn) controller.resume();
      },
      onResponseEnd: (controller, trailers) => {
        this.#open.delete(controller);
        handler.onResponseEnd?.(controller, trailers);
      },
      onResponseError: (controller, error) => {
        this.#open.delete(controller);
        handler.onResponseError?.(controller, error);
      },
    };
  }
}

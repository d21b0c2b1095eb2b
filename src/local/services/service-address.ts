/** A port of a sandbox. */
export interface ServiceTarget {
  boxId: string;
  port: number;
}

/** Where the wire's URLs lead for one service. */
export interface ServiceUrls {
  /** For browsers: a host of its own, so that its pages share no cookies, storage or origin with anything else. */
  origin: string;
  /**
   * For programs, which send the token as a header: many systems resolve no names below `localhost`, so it is a path
   * on the server's own address. It takes no cookie, so that no page can be opened there.
   */
  programUrl: string;
}

/** `<sandbox id>--<port>` */
const label = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})--([1-9]\\d{0,4})';
const hostPattern = new RegExp(`^${label}\\.localhost(?::\\d+)?$`, 'i');
const pathPattern = new RegExp(`^/services/${label}(?=[/?]|$)`, 'i');

/** By the Host header. */
export function targetOfHost(host: string): ServiceTarget | undefined {
  return targetOf(hostPattern.exec(host));
}

/** By the path of a request to the server's own address; `prefix` is the part that the service doesn't see. */
export function targetOfPath(path: string): (ServiceTarget & { prefix: string }) | undefined {
  const match = pathPattern.exec(path);
  const target = targetOf(match);
  return target && match ? { ...target, prefix: match[0] } : undefined;
}

/** `endpoint`: `http://127.0.0.1:PORT`, or where else the caller reaches this server. */
export function serviceUrls(endpoint: string, { boxId, port }: ServiceTarget): ServiceUrls {
  const name = `${boxId}--${port}`;
  return {
    origin: `http://${name}.localhost:${new URL(endpoint).port}`,
    programUrl: `${endpoint}/services/${name}/`,
  };
}

function targetOf(match: RegExpExecArray | null): ServiceTarget | undefined {
  const port = Number(match?.[2]);
  return match?.[1] && port <= 65_535 ? { boxId: match[1].toLowerCase(), port } : undefined;
}

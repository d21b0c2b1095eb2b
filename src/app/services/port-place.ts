import { portNumber } from './port-number';

/** What the row of a sandbox, of its ports or of one of them stands for. */
export interface PortPlace {
  readonly boxId: string;
  readonly port?: number;
}

/** Id of the row above a sandbox's ports. */
export function portsRowId(boxId: string): string {
  return `${boxId}/ports`;
}

export function portRowId(boxId: string, port: number): string {
  return `${portsRowId(boxId)}/${port}`;
}

/** The sandbox whose ports stand below this row; undefined for any other row. */
export function boxOfPorts(rowId: string): string | undefined {
  return /^([^/]+)\/ports$/.exec(rowId)?.[1];
}

/** Of a row's id; undefined for anything else. */
export function portPlace(rowId: unknown): PortPlace | undefined {
  if (typeof rowId !== 'string') return undefined;
  const [, boxId, port] = /^([^/]+)(?:\/ports(?:\/(\d+))?)?$/.exec(rowId) ?? [];
  return boxId === undefined ? undefined : { boxId, port: portNumber(port ?? '') };
}

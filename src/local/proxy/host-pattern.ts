import { isIP } from 'node:net';

export const hostPatternRule =
  'A host pattern is a host, host:port, *.suffix, an address, [v6]:port, a CIDR block, or ~ and an expression.';

/** Which hosts are meant. No port: 80 and 443. A CIDR block and an expression have none. */
export function isHostPattern(text: string): boolean {
  if (text.startsWith('~')) return isExpression(text.slice(1));
  if (isIP(text) !== 0 || isBlock(text)) return true;
  const [, v6, host, port = '80'] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (Number(port) < 1 || Number(port) > 65_535) return false;
  return v6 === undefined ? isGlob(host ?? '') : isIP(v6) === 6;
}

/** One host, by name or as IPv4. */
export function isHost(text: string): boolean {
  return !text.includes('*') && isGlob(text);
}

/** ASSUMED: any label may have stars in it, and letters need not be ASCII. */
function isGlob(text: string): boolean {
  return text.length <= 253 && /^[\p{L}\p{N}_*-]+(?:\.[\p{L}\p{N}_*-]+)*\.?$/u.test(text);
}

function isBlock(text: string): boolean {
  const [, address = '', length] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(length) <= (family === 4 ? 32 : 128);
}

/** ASSUMED: RE2's. What those alone have, flags in front and `(?P<name>`, is read as JavaScript has it. */
function isExpression(text: string): boolean {
  const own = text.replace(/^\(\?[imsU]+\)/, '').replaceAll('(?P<', '(?<');
  try {
    RegExp(own);
    return text !== '';
  } catch {
    return false;
  }
}

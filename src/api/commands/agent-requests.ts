/** Of one message; OpenSSH's agent takes no longer one either. */
const longestMessage = 256 * 1024;
const headerBytes = 5;

/**
 * Listing keys, signing, and extensions such as `session-bind@openssh.com`: what a login needs. All else changes the
 * agent (adds and removes keys, locks it, loads libraries of smart cards into it), which it lets nobody do from far away;
 * but it takes us for a program of this machine. Source: draft-ietf-sshm-ssh-agent, section 6.1.
 */
const passed = new Set([11, 13, 27]);

/** `SSH_AGENT_FAILURE`, the answer to what is not passed. */
export const agentRefusal = Buffer.from([0, 0, 0, 1, 5]);

export interface RequestHandlers {
  /** Bytes for the agent. */
  pass: (bytes: Buffer) => void;
  /** A request that is not for it. */
  refuse: () => void;
  /** This is no request; nothing that follows is looked at. */
  broken: () => void;
}

/** Lets through what a sandbox may ask of an SSH agent, however it is cut: length (uint32) and type, then the rest. */
export function agentRequests({ pass, refuse, broken }: RequestHandlers): (chunk: Buffer) => void {
  let header: Buffer = Buffer.alloc(0);
  let left = 0;
  let isPassed = false;
  let isBroken = false;
  return (chunk) => {
    for (let rest = chunk; rest.length > 0 && !isBroken;) {
      if (left > 0) {
        const part = rest.subarray(0, left);
        rest = rest.subarray(part.length);
        left -= part.length;
        if (isPassed) pass(part);
        continue;
      }
      const missing = headerBytes - header.length;
      header = Buffer.concat([header, rest.subarray(0, missing)]);
      rest = rest.subarray(missing);
      if (header.length < headerBytes) return;
      const length = header.readUInt32BE();
      isBroken = length === 0 || length > longestMessage;
      if (isBroken) {
        broken();
        return;
      }
      isPassed = passed.has(header.readUInt8(4));
      if (isPassed) pass(header);
      else refuse();
      left = length - 1;
      header = Buffer.alloc(0);
    }
  };
}

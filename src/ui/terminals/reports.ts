/**
 * What a terminal says by itself: where the cursor is, what it can, that it has the focus, where the mouse is, its
 * colours. Nobody has typed that.
 */
const reports =
  /^(?:\x1b\[[?>=]?[\d;]*[cnRIOty]|\x1b\[<[\d;]+[Mm]|\x1b\[M[\s\S]{3}|\x1b[\]P][\s\S]*?(?:\x07|\x1b\\))+$/;

export function isReport(text: string): boolean {
  return reports.test(text);
}

/** Leaves what a program that was cut off has turned on: mouse, focus and paste reports, and the other screen. */
export const plainAgain = '\x1b[?1000;1002;1003;1004;1006;1015;2004;1047l\x1b[?25h';

import { MarkdownString } from 'vscode';
import type { Fact } from './tooltip-facts';

/** Values are the server's text: they are shown as they are, never read as Markdown. */
export function tooltipOf(title: string, facts: readonly Fact[]): MarkdownString {
  const tooltip = new MarkdownString();
  tooltip.appendMarkdown('**').appendText(title).appendMarkdown('**\n\n');
  for (const [label, value] of facts) {
    tooltip.appendText(`${label}: ${value}`).appendMarkdown('  \n');
  }
  return tooltip;
}

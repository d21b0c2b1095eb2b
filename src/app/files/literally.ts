/** A glob pattern that fits exactly this name. A backslash escapes in some dialects only, so one stands for any letter. */
export function literally(name: string): string {
  return name.replaceAll(/[*?[]/g, '[$&]').replaceAll('\\', '?');
}

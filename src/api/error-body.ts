/** What a reply's error body says. The three forms of `detail`: an object, a list of validation errors, a text. */
export interface ErrorFacts {
  message?: string;
  errorType?: string;
  errorId?: string;
  field?: string;
}

export function readErrorBody(text: string): ErrorFacts {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return {};
  }
  if (!isRecord(body)) return {};
  const { detail } = body;
  if (typeof detail === 'string') return { message: detail };
  if (Array.isArray(detail)) return readValidationErrors(detail);
  if (isRecord(detail)) {
    return {
      message: nonEmpty(detail['message']),
      errorType: nonEmpty(detail['error']),
      errorId: nonEmpty(detail['error_id']),
    };
  }
  return {};
}

function readValidationErrors(details: unknown[]): ErrorFacts {
  const errors = details.filter(isRecord);
  const location: unknown = errors[0]?.['loc'];
  const last: unknown = Array.isArray(location) ? location.at(-1) : undefined;
  const messages = errors.flatMap((error) => nonEmpty(error['msg']) ?? []);
  return {
    message: messages.length > 0 ? messages.join('; ') : undefined,
    errorType: nonEmpty(errors[0]?.['type']),
    field: typeof last === 'string' || typeof last === 'number' ? String(last) : undefined,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nonEmpty(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

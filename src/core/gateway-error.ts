/** What an SMTP client is told. The text is for strangers: no detail, file, rule or host name. */
export type SmtpReply = { readonly code: number; readonly enhanced: `${2 | 4 | 5}.${number}.${number}`; readonly text: string };

/** Every failure at an edge, by the code that operators grep for, with its reply (RFC 5321 §4.2, RFC 3463). */
export const failures = {
  MESSAGE_TOO_LARGE: { code: 552, enhanced: '5.3.4', text: 'Message too large' },
  SPOOL_FULL: { code: 452, enhanced: '4.3.1', text: 'Insufficient storage, try again later' },
  RELAY_DENIED: { code: 550, enhanced: '5.7.1', text: 'Relaying denied' },
  TOO_MANY_HOPS: { code: 554, enhanced: '5.4.6', text: 'Too many hops' },
  TOO_MANY_RECIPIENTS: { code: 452, enhanced: '4.5.3', text: 'Too many recipients' },
  BAD_LINE_ENDING: { code: 550, enhanced: '5.5.2', text: 'Bare CR, bare LF or NUL in message' },
  HEADER_TOO_LARGE: { code: 552, enhanced: '5.3.4', text: 'Header too large' },
  BAD_PARAMETER: { code: 555, enhanced: '5.5.4', text: 'Unsupported parameter' },
  NEEDS_SMTPUTF8: { code: 553, enhanced: '5.6.7', text: 'Non-ASCII address needs SMTPUTF8' },
  LINE_TOO_LONG: { code: 550, enhanced: '5.6.0', text: 'Line too long' },
  BAD_MAILBOX: { code: 550, enhanced: '5.1.3', text: 'Bad address syntax' },
  STOPPING: { code: 421, enhanced: '4.3.2', text: 'Service shutting down, try again later' },
  BUSY: { code: 421, enhanced: '4.3.2', text: 'Too busy, try again later' },
  NEXT_HOP_UNREACHABLE: { code: 451, enhanced: '4.4.1', text: 'Next hop unreachable' },
  BODY_GONE: { code: 554, enhanced: '5.3.0', text: 'Message body no longer stored' },
  BODY_DAMAGED: { code: 451, enhanced: '4.3.0', text: 'Local error, try again later' },
  STORE_FAILED: { code: 451, enhanced: '4.3.0', text: 'Local error, try again later' },
  INTERNAL: { code: 451, enhanced: '4.3.0', text: 'Local error, try again later' },
} as const satisfies Record<string, SmtpReply>;

export type FailureCode = keyof typeof failures;

/** A failure at an edge. `temporary` decides 4xx against 5xx; match on `code`, never on the message. */
export class GatewayError extends Error {
  override name = 'GatewayError';
  readonly code: FailureCode;
  readonly temporary: boolean;
  readonly reply: SmtpReply;

  constructor(code: FailureCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.reply = failures[code];
    this.temporary = this.reply.code < 500;
  }
}

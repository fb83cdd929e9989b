// SMTP sessions → envelope and bytes, handed to the gateway; its errors → replies. Nothing else knows SMTP's server side.
export { createSmtpServer, type SmtpServer } from './create-smtp-server.ts';
export type { SmtpOptions } from './options.ts';

import NodemailerConnection from 'nodemailer/lib/smtp-connection';

type Options = ConstructorParameters<typeof NodemailerConnection>[0];
type Envelope = { readonly from: string; readonly to: readonly string[]; readonly use8BitMime: boolean };
/** What a hand-over came to: `info` when the next hop took the mail for at least one recipient, else `error`. */
export type Transfer = {
  readonly error: unknown;
  readonly info: { readonly response?: string | undefined; readonly rejectedErrors?: readonly RejectedError[] | undefined } | null;
};
export type RejectedError = { readonly recipient?: string | undefined; readonly response?: string | undefined };

/** nodemailer's low-level connection with the two things we need as promises. It takes addresses as they are; `sendMail` would re-parse them. */
export class SMTPConnection extends NodemailerConnection {
  #lost: (error: unknown) => void = () => undefined;

  constructor(options: Options) {
    super(options);
    this.on('error', (error: unknown) => this.#lost(error));
    this.on('end', () => this.#lost({}));
  }

  supports(extension: 'SMTPUTF8' | '8BITMIME'): boolean {
    const { _supportedExtensions: extensions } = this as unknown as { readonly _supportedExtensions?: readonly string[] };
    return extensions?.includes(extension) ?? false;
  }

  /** Whether the peer still answers. */
  isAlive(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#lost = () => resolve(false);
      this.reset((error: unknown) => {
        this.#lost = () => undefined;
        resolve(error === null || error === undefined);
      });
    });
  }

  /** Resolves in every case, also when the connection is lost without a word. */
  transfer(envelope: Envelope, body: Buffer): Promise<Transfer> {
    return new Promise((resolve) => {
      this.#lost = (error) => resolve({ error, info: null });
      this.send({ from: envelope.from, to: [...envelope.to], use8BitMime: envelope.use8BitMime }, body, (error, info) => {
        this.#lost = () => undefined;
        resolve(error === null || error === undefined ? { error: null, info: info ?? {} } : { error, info: null });
      });
    });
  }
}

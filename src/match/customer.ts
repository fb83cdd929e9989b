import type { CustomerId } from '../core/index.ts';

/** A row of the customer table (INTERFACES.md, `customers`); '' where a field is empty. */
export type CustomerRecord = {
  readonly customerId: CustomerId;
  readonly name: string;
  readonly nameKana: string;
  readonly company: string;
  readonly email: string;
  readonly email2: string;
  readonly phone: string;
  readonly mobile: string;
  readonly postalCode: string;
  readonly address: string;
  readonly birthDate: string;
  readonly owner: string;
  readonly client: string;
};

/** What a hold page may show of a record (UX.md §8): the name and the masked id. */
export type CustomerLabel = { readonly customer: CustomerId; readonly name: string; readonly company: string; readonly client: string };

/** Whom the content is about (POLICY.md, "Whom it is about"). */
export type Strength = 'strong' | 'medium' | 'weak';
/** Whose a finding is. */
export type Owner = 'customer' | 'recipient' | 'own_staff' | 'organisation' | 'third_party';
/** What an envelope recipient is (POLICY.md, "Whom it goes to"). */
export type RecipientKind = 'internal' | 'partner' | 'customer' | 'partner_none' | 'customer_domain' | 'unknown';

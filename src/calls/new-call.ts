import type {
  CallEnd,
  CallFilter as CallFilterInput,
  CreateCallInput,
  RedirectCallInput,
} from '../generated/schema.ts';

/** A GraphQL input type without nulls. Below the resolvers, a member that is not given is absent. */
export type Present<T> = T extends readonly (infer Item)[]
  ? Present<Item>[]
  : T extends object
    ? { [Key in keyof T as Key extends string ? Key : never]: Present<NonNullable<T[Key]>> }
    : NonNullable<T>;

/**
 * A call to place. `from` and `to` are normalized by `toAddress`. URLs are absolute, http or https, and encoded as
 * RFC 3986 requires. `ringTimeout` is in seconds.
 */
export type NewCall = Omit<Present<CreateCallInput>, 'accountId' | 'idempotencyKey'>;

/** A document in BXML. */
export type Document = NonNullable<NewCall['document']>;

/** The document that a live call is redirected to. */
export type Redirect = Present<RedirectCallInput>;

/** A change of a live call: exactly one of the members is present. */
export interface CallChange {
  readonly end?: CallEnd;
  readonly redirect?: Redirect;
  readonly muted?: boolean;
}

/** The filter of a list. `parentId` is the provider's id of the parent call. */
export type CallFilter = Readonly<Omit<Present<CallFilterInput>, 'parentId'>> & {
  readonly parentId?: string;
};

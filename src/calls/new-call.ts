import type {
  CallEnd,
  CallFilter as CallFilterInput,
  CreateCallInput,
  RedirectCallInput,
} from '../generated/schema.ts';

/** `T` as GraphQL gives it, with every null gone: absent is the only "not given" below the resolvers. */
export type Present<T> = T extends readonly (infer Item)[]
  ? Present<Item>[]
  : T extends object
    ? { [Key in keyof T as Key extends string ? Key : never]: Present<NonNullable<T[Key]>> }
    : NonNullable<T>;

/**
 * A call to place. `from` and `to` are as `toAddress` gives them, URLs absolute, http(s) and as RFC 3986 writes
 * them; `ringTimeout` is in seconds.
 */
export type NewCall = Omit<Present<CreateCallInput>, 'accountId' | 'idempotencyKey'>;

/** Where a live call goes on. */
export type Redirect = Present<RedirectCallInput>;

/** Exactly one of the three is there. */
export interface CallChange {
  readonly end?: CallEnd;
  readonly redirect?: Redirect;
  readonly muted?: boolean;
}

/** What a list is narrowed to; `parentId` is the provider's id of the parent call. */
export type CallFilter = Readonly<Omit<Present<CallFilterInput>, 'parentId'>> & {
  readonly parentId?: string;
};

import { randomBytes } from 'node:crypto';
import type { CallKey } from '../calls/call-loader.ts';
import { sha256 } from '../calls/sha256.ts';
import type { CallbackReference } from '../markup/rcml/options.ts';
import { type Translation, toRcml } from '../markup/to-rcml.ts';
import { CallRoots } from './call-roots.ts';
import { callbacksPath, documentsPath, silenceName } from './hosted-paths.ts';
import type { FoundScript, HostedCall } from './hosted-script.ts';
import { type HostedKind, HostedSecrets } from './hosted-secret.ts';
import { ScriptStore, type ScriptStoreOptions } from './script-store.ts';

/** Milliseconds for which anything of a call is served. No call of either provider lasts longer. */
const timeToLive = 24 * 60 * 60 * 1000;
const afterEnd = 10 * 60 * 1000;

export interface HostingOptions extends ScriptStoreOptions {
  /** Whether there will be a `baseUrl` once the server listens. */
  readonly isReachable: boolean;
  /** Where the provider reaches this server, without a slash at the end; undefined if it cannot. */
  readonly baseUrl: () => string | undefined;
  /** Milliseconds after the end of a call for which callbacks of it are taken. */
  readonly afterEnd?: number;
  /** Whether callbacks of documents may name a URL. */
  readonly mayFetch: (url: string) => boolean;
}

/** A document in BXML, and where it comes from. */
export interface HostedSource {
  readonly bxml: string;
  /** Where an application has served it. */
  readonly baseUrl?: string | undefined;
  /** The tag that holds before it. */
  readonly tag?: string | undefined;
}

/** A document that is hosted for a call. */
export interface AddedDocument {
  readonly url: string;
  /** Says which call it is for. It is removed some time after the end of that call. */
  bind(providerCallId: string): void;
  /** Removes it, if the call was not placed. Never fails. */
  discard(): void;
}

/** The documents that this server hosts for the calls of all accounts. */
export class Hosting {
  /** Whether callbacks of documents may name a URL. */
  readonly mayFetch: (url: string) => boolean;
  /** Whether providers reach what is hosted: now, or once the server listens. */
  readonly isReachable: boolean;
  readonly #options: HostingOptions;
  readonly #scripts: ScriptStore;
  readonly #secrets: HostedSecrets;
  readonly #now: () => number;
  readonly #roots = new CallRoots();

  constructor(options: HostingOptions) {
    this.mayFetch = options.mayFetch;
    this.isReachable = options.isReachable;
    this.#options = options;
    this.#scripts = new ScriptStore(options);
    this.#secrets = new HostedSecrets(options.cipherOf);
    this.#now = options.now ?? Date.now;
  }

  /** Takes requests for what is hosted for this account from now on. */
  know(accountKey: string): void {
    this.#secrets.know(accountKey);
  }

  /**
   * Keeps the first document of a call.
   *
   * @returns its address; undefined if providers cannot reach this server
   * @throws StoreFailure
   */
  async add(accountKey: string, bxml: string, callerId: string): Promise<AddedDocument | undefined> {
    if (this.#options.baseUrl() === undefined) return undefined;
    const id = randomBytes(24).toString('base64url');
    const call = { owner: sha256(callerId), root: id, until: this.#now() + timeToLive };
    await this.#scripts.write(accountKey, id, { documents: [bxml], callbacks: [], call });
    const url = this.#urlOf('document', accountKey, id, 0);
    return {
      url,
      bind: (providerCallId) => this.#roots.add({ accountKey, providerCallId }, id),
      discard: () => void this.#scripts.discard(id),
    };
  }

  /** Whether this process has kept anything for a call, by its digest: see `digestOf`. */
  isHosted(call: string): boolean {
    return this.#roots.has(call);
  }

  /**
   * Removes what this process has kept for a call that has ended, some time later: its last callbacks may come after its end.
   */
  end(key: CallKey): void {
    const roots = this.#roots.take(key);
    if (roots === undefined) return;
    const discard = () => roots.forEach((root) => void this.#scripts.discard(root));
    setTimeout(discard, this.#options.afterEnd ?? afterEnd).unref();
  }

  /** What an address stands for; undefined if it is forged or has expired. Rejects with StoreFailure. */
  async find(kind: HostedKind, secret: string): Promise<FoundScript | undefined> {
    const place = this.#secrets.read(kind, secret);
    if (place === undefined) return undefined;
    const script = await this.#scripts.read(place.accountKey, place.id);
    const { accountKey, id, index } = place;
    return script && { accountKey, script, index, url: this.#urlOf(kind, accountKey, id, index) };
  }

  /** Whether the secret of an address is genuine, expired or not. */
  isOwn(kind: HostedKind, secret: string): boolean {
    return this.#secrets.read(kind, secret) !== undefined;
  }

  /**
   * Translates a document, and keeps what it refers to. The same document of the same call is kept once, so that a call
   * which goes round in circles fills no store.
   *
   * @throws StoreFailure
   */
  async translate(accountKey: string, source: HostedSource, call: HostedCall): Promise<Translation> {
    const { bxml, baseUrl, tag } = source;
    const { root, callId, remoteParty } = call;
    const id = this.#secrets.toId(accountKey, JSON.stringify([root, callId, baseUrl, tag, bxml]));
    const callbacks: CallbackReference[] = [];
    const documents: string[] = [];
    const translation = toRcml(bxml, {
      baseUrl,
      tag,
      remoteParty,
      isScreening: call.parentCallId !== undefined,
      silenceUrl: `${this.#options.baseUrl()}${documentsPath}${silenceName}`,
      toCallbackUrl: (callback) => this.#urlOf('callback', accountKey, id, callbacks.push(callback) - 1),
      toContinuationUrl: (rest) => this.#urlOf('document', accountKey, id, documents.push(rest) - 1),
    });
    const isReferred = callbacks.length + documents.length > 0;
    if (translation.document !== undefined && isReferred) {
      await this.#scripts.write(accountKey, id, { documents, baseUrl, callbacks, call });
      // Another process may have placed the call. A leg ends before the call whose document has created it.
      const isLeg = call.parentCallId !== undefined;
      if (callId !== undefined && !isLeg) this.#roots.add({ accountKey, providerCallId: callId }, root);
    }
    return translation;
  }

  #urlOf(kind: HostedKind, accountKey: string, id: string, index: number): string {
    const path = kind === 'document' ? documentsPath : callbacksPath;
    const secret = this.#secrets.create(kind, { accountKey, id, index });
    return `${this.#options.baseUrl()}${path}${secret}`;
  }
}

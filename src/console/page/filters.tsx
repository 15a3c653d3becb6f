import { type FormEvent, useEffect, useState } from 'react';
import { type Address, type ListFilter, noFilter } from './address.ts';
import { endedStatuses, liveStatuses } from './call-filter.ts';
import { LabelledInput } from './labelled-input.tsx';
import type { ListedAccount } from './use-accounts.ts';
import { go } from './use-address.ts';
import { statusWords } from './words.ts';

interface FiltersProps {
  readonly address: Address;
  readonly accounts: readonly ListedAccount[];
  /** What the server does not accept, by the name of the filter. */
  readonly errors: Readonly<Partial<Record<keyof ListFilter, string>>>;
}

/** The filters of the list. The address of the page holds them, so that a view can be kept and shared. */
export function Filters({ address, accounts, errors }: FiltersProps) {
  const { filter, panel } = address;
  const change = (name: keyof ListFilter, word: string) =>
    go({ filter: { ...filter, [name]: word.trim() }, panel });
  const isFiltered = Object.values(filter).some((word) => word !== '');
  return (
    <form className="filters" aria-label="Filters" onSubmit={(event: FormEvent) => event.preventDefault()}>
      <label className="field">
        Status
        <select value={filter.status} onChange={(event) => change('status', event.target.value)}>
          <option value="">All</option>
          <option value="live">Live</option>
          <option value="ended">Ended</option>
          <optgroup label="One status">
            {[...liveStatuses, ...endedStatuses].map((status) => (
              <option key={status} value={status}>
                {statusWords[status]}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <label className="field">
        Direction
        <select value={filter.direction} onChange={(event) => change('direction', event.target.value)}>
          <option value="">Both</option>
          <option value="INBOUND">Inbound</option>
          <option value="OUTBOUND">Outbound</option>
        </select>
      </label>
      <label className="field">
        Account
        <select value={filter.account} onChange={(event) => change('account', event.target.value)}>
          <option value="">All</option>
          {accounts.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <PartyFilter
        label="From"
        value={filter.from}
        error={errors.from}
        onWord={(word) => change('from', word)}
      />
      <PartyFilter label="To" value={filter.to} error={errors.to} onWord={(word) => change('to', word)} />
      {isFiltered && (
        <button type="button" className="quiet" onClick={() => go({ filter: noFilter, panel })}>
          Clear
        </button>
      )}
    </form>
  );
}

interface PartyFilterProps {
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onWord: (word: string) => void;
}

/** Applies what was typed on Enter, and when the field is left. */
function PartyFilter({ label, value, error, onWord }: PartyFilterProps) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const apply = () => draft.trim() !== value && onWord(draft);
  return (
    <LabelledInput
      label={label}
      error={error}
      type="text"
      inputMode="tel"
      placeholder="Number"
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && apply()}
      onBlur={apply}
    />
  );
}

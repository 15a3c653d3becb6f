import { maxMembers, type Step, type Write } from './store.ts';

/** Entries of one log; older ones are dropped. */
const maxLogEntries = 5_000;
/** Entries past their time to live that are removed with each new one. The time to live of the key is that of the newest. */
const maxRemoved = 500;

/**
 * A `Step` as a Lua script, which Redis runs atomically. A script that Redis starts after ARGV[1], by its own clock, does
 * nothing: its caller has given up, and nobody would place the call of the key that it leaves. Returns Redis's time, and
 * the value and number of the guard that has one. Runs on Redis 5.
 */
export const writeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if now > tonumber(ARGV[1]) then return redis.error_reply('LATE command') end
local guards = tonumber(ARGV[2])
for i = 1, guards do
  local present = redis.call('GET', KEYS[i])
  if present and '=' .. present ~= ARGV[2 + i] then return { now, present, i } end
end
local function withMember(text, member, value, timeToLive)
  local all = cjson.decode(text or '{}')
  local count = 0
  for name, entry in pairs(all) do
    if entry[1] > now then count = count + 1 else all[name] = nil end
  end
  if value and not all[member] and count >= ${maxMembers} then member = '' end
  all[member] = value and { now + timeToLive, value } or nil
  return next(all) and cjson.encode(all)
end
for i = guards + 1, #KEYS do
  local at = 3 + guards + 4 * (i - guards - 1)
  local kind, timeToLive, member, value = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
  if string.find(kind, 'remove') then value = false end
  if string.find(kind, 'member') then
    value = withMember(redis.call('GET', KEYS[i]), member, value, timeToLive)
  end
  if kind == 'append' then
    redis.call('XADD', KEYS[i], 'MAXLEN', '~', ${maxLogEntries}, '*', 'value', value)
    redis.call('PEXPIRE', KEYS[i], timeToLive)
    local old = string.format('%.0f', now - timeToLive)
    for _, entry in ipairs(redis.call('XRANGE', KEYS[i], '-', old, 'COUNT', ${maxRemoved})) do
      redis.call('XDEL', KEYS[i], entry[1])
    end
  elseif value then redis.call('SET', KEYS[i], value, 'PX', timeToLive)
  else redis.call('DEL', KEYS[i]) end
end
return { now }`;

/** The keys of a step, and its arguments but for the first. */
export function toScriptInput({ unless = [], writes }: Step): { keys: string[]; values: string[] } {
  const keys = [...unless, ...writes].map(({ key }) => key);
  const guards = unless.map(({ value }) => (value === undefined ? '' : `=${value}`));
  return { keys, values: [String(unless.length), ...guards, ...writes.flatMap(toValues)] };
}

function toValues({ member, value, timeToLive, isAppended }: Write): string[] {
  const action = value === undefined ? 'remove' : 'set';
  const kind = isAppended ? 'append' : `${action}${member === undefined ? '' : ' member'}`;
  // Redis takes whole milliseconds above 0.
  const milliseconds = Math.max(1, Math.ceil(timeToLive));
  return [kind, String(milliseconds), member ?? '', value ?? ''];
}

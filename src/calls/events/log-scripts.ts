/** Milliseconds that events are kept. */
const timeToLive = 24 * 60 * 60 * 1000;
/** Entries of the log. */
const maxEntries = 10_000;
/** Entries past their time that are removed with each new one. */
const maxRemoved = 100;
/**
 * Calls in each of the two generations of states. A call that has ended takes some 120 bytes, a live one some 1,300, so
 * that both take 20 MB where most calls have ended.
 */
const maxCalls = 50_000;

/**
 * Changes the state of a call and appends the event, atomically. KEYS are the log, its last number, and the states: a
 * newer and an older generation, of which the older one is dropped when the newer one is full or 12 hours old.
 * ARGV are the call, the state that is replaced, the new state, and the entry without its number. A state is the ids of
 * the events of the call, a space, and the encrypted call. Returns the present state where it is another one. Runs on
 * Redis 5.
 */
export const changeScript = `
local call, from, state, entry = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local present = ''
if call ~= '' then
  present = redis.call('HGET', KEYS[3], call) or redis.call('HGET', KEYS[4], call) or ''
  if present ~= '' and present ~= from then return present end
end
local ids = string.match(present, '^[^ ]*')
if entry ~= '' then
  local time = redis.call('TIME')
  local last = redis.call('GET', KEYS[2])
  local number = string.format('%.0f', (tonumber(last) or time[1] * 1000000 + time[2]) + 1)
  redis.call('SET', KEYS[2], number, 'PX', ${2 * timeToLive})
  local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ${maxEntries}, '*', 'value', number .. ' ' .. entry)
  redis.call('PEXPIRE', KEYS[1], ${timeToLive})
  local old = string.format('%.0f', time[1] * 1000 - ${timeToLive})
  for _, each in ipairs(redis.call('XRANGE', KEYS[1], '-', old, 'COUNT', ${maxRemoved})) do
    redis.call('XDEL', KEYS[1], each[1])
  end
  ids = ids == '' and id or ids .. ',' .. id
end
if call == '' then return 1 end
local age = redis.call('PTTL', KEYS[3])
if age >= 0 and (age < ${timeToLive / 2} or redis.call('HLEN', KEYS[3]) >= ${maxCalls}) then
  redis.call('UNLINK', KEYS[4])
  redis.call('RENAME', KEYS[3], KEYS[4])
  age = -2
end
redis.call('HSET', KEYS[3], call, ids .. ' ' .. state)
if age < 0 then redis.call('PEXPIRE', KEYS[3], ${timeToLive}) end
return 1`;

/** The entries of a call that the log still has. KEYS as above; ARGV is the call. */
export const entriesScript = `
local state = redis.call('HGET', KEYS[3], ARGV[1]) or redis.call('HGET', KEYS[4], ARGV[1]) or ''
local entries = {}
for id in string.gmatch(string.match(state, '^[^ ]*'), '[^,]+') do
  local found = redis.call('XRANGE', KEYS[1], id, id)
  if found[1] then entries[#entries + 1] = found[1] end
end
return entries`;

/** The last entry, or none. KEYS as above. */
export const lastScript = `return redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)`;

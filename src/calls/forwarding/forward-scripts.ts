/** Milliseconds for which a queue belongs to a process after it was last renewed. */
const lease = 15_000;
/** Milliseconds for which a waiting webhook is kept at most. */
const timeToLive = 24 * 60 * 60 * 1000;
/** Queues that are taken over at once. */
const maxTaken = 500;

/**
 * KEYS of all scripts are:
 *
 * 1. a sorted set of the queues of an account, by the time at which their leases end;
 * 2. a hash: `bytes` and `bytes <host>` count what waits, `of <queue>` is the process that has the queue, and its host;
 * 3. the list of the webhooks of one queue, each as an id, a size and the encrypted webhook.
 *
 * Runs on Redis 5.
 */
const shared = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function ownerOf(queue)
  return string.match(redis.call('HGET', KEYS[2], 'of ' .. queue) or '', '^(%S*) ?(.*)$')
end
local function lend(queue, owner, host)
  redis.call('ZADD', KEYS[1], string.format('%.0f', now + ${lease}), queue)
  redis.call('HSET', KEYS[2], 'of ' .. queue, owner .. ' ' .. host)
end
local function keep()
  for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ${timeToLive}) end
end
local function drop(queue)
  redis.call('ZREM', KEYS[1], queue)
  redis.call('HDEL', KEYS[2], 'of ' .. queue)
  if redis.call('ZCARD', KEYS[1]) == 0 then redis.call('DEL', KEYS[2]) end
end
local function count(host, size)
  for _, name in ipairs({ 'bytes', 'bytes ' .. host }) do
    if redis.call('HINCRBY', KEYS[2], name, size) <= 0 then redis.call('HDEL', KEYS[2], name) end
  end
end`;

/**
 * Appends an entry, and takes the queue if no process has it. ARGV are the queue, this process, the host, the entry and its
 * size, and the bounds of the account and the host. Returns an `Appended`.
 */
export const appendScript = `${shared}
local queue, owner, host, entry, size = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local function waits(name) return tonumber(redis.call('HGET', KEYS[2], name) or 0) + size end
if waits('bytes') > tonumber(ARGV[6]) or waits('bytes ' .. host) > tonumber(ARGV[7]) then return 'full' end
count(host, size)
redis.call('RPUSH', KEYS[3], entry)
local isFree = tonumber(redis.call('ZSCORE', KEYS[1], queue) or 0) <= now
if isFree then lend(queue, owner, host) end
keep()
return isFree and 'ours' or 'theirs'`;

/** The first entry of a queue, if this process has it. ARGV are the queue and this process. */
export const firstScript = `${shared}
if ownerOf(ARGV[1]) ~= ARGV[2] then return false end
local first = redis.call('LINDEX', KEYS[3], 0)
if not first then drop(ARGV[1]) end
return first`;

/**
 * Removes the first entry, if it has this id and this process has the queue. ARGV are the queue, this process and the id.
 * Returns 1 if more follows.
 */
export const removeScript = `${shared}
local owner, host = ownerOf(ARGV[1])
if owner ~= ARGV[2] then return 0 end
local id, size = string.match(redis.call('LINDEX', KEYS[3], 0) or '', '^(%S+) (%d+) ')
if id == ARGV[3] then
  redis.call('LPOP', KEYS[3])
  count(host, -size)
end
if redis.call('LLEN', KEYS[3]) > 0 then return 1 end
drop(ARGV[1])
return 0`;

/** Prolongs what this process has. ARGV are this process and the queues. Returns what it has taken over, with hosts. */
export const renewScript = `${shared}
for i = 2, #ARGV do
  local owner, host = ownerOf(ARGV[i])
  if owner == ARGV[1] then lend(ARGV[i], owner, host) end
end
local taken = {}
for _, queue in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ${maxTaken})) do
  local _, host = ownerOf(queue)
  lend(queue, ARGV[1], host)
  taken[#taken + 1] = queue
  taken[#taken + 1] = host
end
keep()
return taken`;

/** Leaves queues to who renews next. ARGV are this process and the queues. */
export const releaseScript = `${shared}
for i = 2, #ARGV do
  if ownerOf(ARGV[i]) == ARGV[1] then redis.call('ZADD', KEYS[1], 0, ARGV[i]) end
end
return 1`;

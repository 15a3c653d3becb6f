/** Why a row of a provider's list is left out of a page, as clients read it in `SkippedCall.reason`. */
export const skipReasons = {
  noTime: 'It has no time of creation that can be read, so it has no position in the order.',
  noId: 'It has no identifier that can be used.',
  unreadable: 'It cannot be read as a call.',
} as const;

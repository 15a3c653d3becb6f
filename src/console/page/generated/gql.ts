/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment AccountCard on Account {\n    key\n    name\n    provider\n    capabilities\n    health {\n      state\n      code\n      since\n      lastSuccess\n    }\n  }\n": typeof types.AccountCardFragmentDoc,
    "\n  fragment AccountBanner on Account {\n    name\n    health {\n      state\n      code\n      since\n      lastSuccess\n    }\n  }\n": typeof types.AccountBannerFragmentDoc,
    "\n  mutation UpdateBxml($id: ID!, $bxml: String!, $onLoss: OnLoss!) {\n    updateCallBxml(input: { id: $id, bxml: $bxml, onLoss: $onLoss }) {\n      userErrors {\n        ...UserErrorMessage\n      }\n    }\n  }\n": typeof types.UpdateBxmlDocument,
    "\n  query CheckBxml($accountId: ID!, $bxml: String!) {\n    checkBxml(accountId: $accountId, bxml: $bxml) {\n      findings {\n        level\n        rule\n        message\n        line\n        column\n      }\n    }\n  }\n": typeof types.CheckBxmlDocument,
    "\n  fragment CallButtons on Call {\n    id\n    status\n    from\n    to\n    direction\n    provider\n    account {\n      id\n      capabilities\n    }\n  }\n": typeof types.CallButtonsFragmentDoc,
    "\n  fragment CallFacts on Call {\n    providerCallId\n    callerName\n    direction\n    createdAt\n    startedAt\n    answeredAt\n    endedAt\n    duration\n    endReason\n    providerStatus\n    providerEndReason\n    error {\n      id\n      message\n    }\n    price {\n      amount\n      currency\n    }\n    account {\n      id\n      name\n    }\n  }\n": typeof types.CallFactsFragmentDoc,
    "\n  query Call($id: ID!) {\n    call(id: $id) {\n      id\n      status\n      from\n      to\n      timeline {\n        ...TimelineEvent\n      }\n      ...CallFacts\n      ...CallButtons\n    }\n  }\n": typeof types.CallDocument,
    "\n  fragment CallRow on Call {\n    id\n    status\n    from\n    to\n    direction\n    createdAt\n    answeredAt\n    duration\n    account {\n      id\n      name\n    }\n  }\n": typeof types.CallRowFragmentDoc,
    "\n  subscription CallEvents($after: String) {\n    callEvents(after: $after) {\n      cursor\n      kind\n      call {\n        id\n        createdAt\n        ...CallRow\n        ...CallFacts\n      }\n      ...TimelineEvent\n    }\n  }\n": typeof types.CallEventsDocument,
    "\n  fragment UserErrorMessage on UserError {\n    code\n    message\n    field\n    retryAfter\n    providerErrorId\n  }\n": typeof types.UserErrorMessageFragmentDoc,
    "\n  mutation CreateCall($input: CreateCallInput!) {\n    createCall(input: $input) {\n      call {\n        id\n        createdAt\n        ...CallRow\n        ...CallFacts\n      }\n      userErrors {\n        ...UserErrorMessage\n      }\n    }\n  }\n": typeof types.CreateCallDocument,
    "\n  fragment TimelineEvent on CallEvent {\n    cursor\n    kind\n    previousStatus\n    occurredAt\n    source\n  }\n": typeof types.TimelineEventFragmentDoc,
    "\n  mutation UpdateCall($id: ID!, $change: CallChange!) {\n    updateCall(input: { id: $id, change: $change }) {\n      call {\n        id\n        ...CallRow\n        ...CallFacts\n      }\n      userErrors {\n        ...UserErrorMessage\n      }\n    }\n  }\n": typeof types.UpdateCallDocument,
    "\n  query Accounts {\n    accounts {\n      id\n      name\n      capabilities\n      health {\n        state\n      }\n      ...AccountCard\n      ...AccountBanner\n    }\n  }\n": typeof types.AccountsDocument,
    "\n  query Calls($first: Int!, $after: String, $filter: CallFilter, $accountIds: [ID!]) {\n    calls(first: $first, after: $after, filter: $filter, accountIds: $accountIds) {\n      nodes {\n        id\n        from\n        to\n        direction\n        status\n        createdAt\n        account {\n          id\n        }\n        ...CallRow\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      unavailable {\n        message\n        retryAfter\n        account {\n          id\n          name\n        }\n      }\n      skipped {\n        providerCallId\n        reason\n        account {\n          id\n          name\n        }\n      }\n    }\n  }\n": typeof types.CallsDocument,
};
const documents: Documents = {
    "\n  fragment AccountCard on Account {\n    key\n    name\n    provider\n    capabilities\n    health {\n      state\n      code\n      since\n      lastSuccess\n    }\n  }\n": types.AccountCardFragmentDoc,
    "\n  fragment AccountBanner on Account {\n    name\n    health {\n      state\n      code\n      since\n      lastSuccess\n    }\n  }\n": types.AccountBannerFragmentDoc,
    "\n  mutation UpdateBxml($id: ID!, $bxml: String!, $onLoss: OnLoss!) {\n    updateCallBxml(input: { id: $id, bxml: $bxml, onLoss: $onLoss }) {\n      userErrors {\n        ...UserErrorMessage\n      }\n    }\n  }\n": types.UpdateBxmlDocument,
    "\n  query CheckBxml($accountId: ID!, $bxml: String!) {\n    checkBxml(accountId: $accountId, bxml: $bxml) {\n      findings {\n        level\n        rule\n        message\n        line\n        column\n      }\n    }\n  }\n": types.CheckBxmlDocument,
    "\n  fragment CallButtons on Call {\n    id\n    status\n    from\n    to\n    direction\n    provider\n    account {\n      id\n      capabilities\n    }\n  }\n": types.CallButtonsFragmentDoc,
    "\n  fragment CallFacts on Call {\n    providerCallId\n    callerName\n    direction\n    createdAt\n    startedAt\n    answeredAt\n    endedAt\n    duration\n    endReason\n    providerStatus\n    providerEndReason\n    error {\n      id\n      message\n    }\n    price {\n      amount\n      currency\n    }\n    account {\n      id\n      name\n    }\n  }\n": types.CallFactsFragmentDoc,
    "\n  query Call($id: ID!) {\n    call(id: $id) {\n      id\n      status\n      from\n      to\n      timeline {\n        ...TimelineEvent\n      }\n      ...CallFacts\n      ...CallButtons\n    }\n  }\n": types.CallDocument,
    "\n  fragment CallRow on Call {\n    id\n    status\n    from\n    to\n    direction\n    createdAt\n    answeredAt\n    duration\n    account {\n      id\n      name\n    }\n  }\n": types.CallRowFragmentDoc,
    "\n  subscription CallEvents($after: String) {\n    callEvents(after: $after) {\n      cursor\n      kind\n      call {\n        id\n        createdAt\n        ...CallRow\n        ...CallFacts\n      }\n      ...TimelineEvent\n    }\n  }\n": types.CallEventsDocument,
    "\n  fragment UserErrorMessage on UserError {\n    code\n    message\n    field\n    retryAfter\n    providerErrorId\n  }\n": types.UserErrorMessageFragmentDoc,
    "\n  mutation CreateCall($input: CreateCallInput!) {\n    createCall(input: $input) {\n      call {\n        id\n        createdAt\n        ...CallRow\n        ...CallFacts\n      }\n      userErrors {\n        ...UserErrorMessage\n      }\n    }\n  }\n": types.CreateCallDocument,
    "\n  fragment TimelineEvent on CallEvent {\n    cursor\n    kind\n    previousStatus\n    occurredAt\n    source\n  }\n": types.TimelineEventFragmentDoc,
    "\n  mutation UpdateCall($id: ID!, $change: CallChange!) {\n    updateCall(input: { id: $id, change: $change }) {\n      call {\n        id\n        ...CallRow\n        ...CallFacts\n      }\n      userErrors {\n        ...UserErrorMessage\n      }\n    }\n  }\n": types.UpdateCallDocument,
    "\n  query Accounts {\n    accounts {\n      id\n      name\n      capabilities\n      health {\n        state\n      }\n      ...AccountCard\n      ...AccountBanner\n    }\n  }\n": types.AccountsDocument,
    "\n  query Calls($first: Int!, $after: String, $filter: CallFilter, $accountIds: [ID!]) {\n    calls(first: $first, after: $after, filter: $filter, accountIds: $accountIds) {\n      nodes {\n        id\n        from\n        to\n        direction\n        status\n        createdAt\n        account {\n          id\n        }\n        ...CallRow\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      unavailable {\n        message\n        retryAfter\n        account {\n          id\n          name\n        }\n      }\n      skipped {\n        providerCallId\n        reason\n        account {\n          id\n          name\n        }\n      }\n    }\n  }\n": types.CallsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AccountCard on Account {\n    key\n    name\n    provider\n    capabilities\n    health {\n      state\n      code\n      since\n      lastSuccess\n    }\n  }\n"): (typeof documents)["\n  fragment AccountCard on Account {\n    key\n    name\n    provider\n    capabilities\n    health {\n      state\n      code\n      since\n      lastSuccess\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AccountBanner on Account {\n    name\n    health {\n      state\n      code\n      since\n      lastSuccess\n    }\n  }\n"): (typeof documents)["\n  fragment AccountBanner on Account {\n    name\n    health {\n      state\n      code\n      since\n      lastSuccess\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateBxml($id: ID!, $bxml: String!, $onLoss: OnLoss!) {\n    updateCallBxml(input: { id: $id, bxml: $bxml, onLoss: $onLoss }) {\n      userErrors {\n        ...UserErrorMessage\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateBxml($id: ID!, $bxml: String!, $onLoss: OnLoss!) {\n    updateCallBxml(input: { id: $id, bxml: $bxml, onLoss: $onLoss }) {\n      userErrors {\n        ...UserErrorMessage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CheckBxml($accountId: ID!, $bxml: String!) {\n    checkBxml(accountId: $accountId, bxml: $bxml) {\n      findings {\n        level\n        rule\n        message\n        line\n        column\n      }\n    }\n  }\n"): (typeof documents)["\n  query CheckBxml($accountId: ID!, $bxml: String!) {\n    checkBxml(accountId: $accountId, bxml: $bxml) {\n      findings {\n        level\n        rule\n        message\n        line\n        column\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CallButtons on Call {\n    id\n    status\n    from\n    to\n    direction\n    provider\n    account {\n      id\n      capabilities\n    }\n  }\n"): (typeof documents)["\n  fragment CallButtons on Call {\n    id\n    status\n    from\n    to\n    direction\n    provider\n    account {\n      id\n      capabilities\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CallFacts on Call {\n    providerCallId\n    callerName\n    direction\n    createdAt\n    startedAt\n    answeredAt\n    endedAt\n    duration\n    endReason\n    providerStatus\n    providerEndReason\n    error {\n      id\n      message\n    }\n    price {\n      amount\n      currency\n    }\n    account {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment CallFacts on Call {\n    providerCallId\n    callerName\n    direction\n    createdAt\n    startedAt\n    answeredAt\n    endedAt\n    duration\n    endReason\n    providerStatus\n    providerEndReason\n    error {\n      id\n      message\n    }\n    price {\n      amount\n      currency\n    }\n    account {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Call($id: ID!) {\n    call(id: $id) {\n      id\n      status\n      from\n      to\n      timeline {\n        ...TimelineEvent\n      }\n      ...CallFacts\n      ...CallButtons\n    }\n  }\n"): (typeof documents)["\n  query Call($id: ID!) {\n    call(id: $id) {\n      id\n      status\n      from\n      to\n      timeline {\n        ...TimelineEvent\n      }\n      ...CallFacts\n      ...CallButtons\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CallRow on Call {\n    id\n    status\n    from\n    to\n    direction\n    createdAt\n    answeredAt\n    duration\n    account {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment CallRow on Call {\n    id\n    status\n    from\n    to\n    direction\n    createdAt\n    answeredAt\n    duration\n    account {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription CallEvents($after: String) {\n    callEvents(after: $after) {\n      cursor\n      kind\n      call {\n        id\n        createdAt\n        ...CallRow\n        ...CallFacts\n      }\n      ...TimelineEvent\n    }\n  }\n"): (typeof documents)["\n  subscription CallEvents($after: String) {\n    callEvents(after: $after) {\n      cursor\n      kind\n      call {\n        id\n        createdAt\n        ...CallRow\n        ...CallFacts\n      }\n      ...TimelineEvent\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UserErrorMessage on UserError {\n    code\n    message\n    field\n    retryAfter\n    providerErrorId\n  }\n"): (typeof documents)["\n  fragment UserErrorMessage on UserError {\n    code\n    message\n    field\n    retryAfter\n    providerErrorId\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateCall($input: CreateCallInput!) {\n    createCall(input: $input) {\n      call {\n        id\n        createdAt\n        ...CallRow\n        ...CallFacts\n      }\n      userErrors {\n        ...UserErrorMessage\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateCall($input: CreateCallInput!) {\n    createCall(input: $input) {\n      call {\n        id\n        createdAt\n        ...CallRow\n        ...CallFacts\n      }\n      userErrors {\n        ...UserErrorMessage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TimelineEvent on CallEvent {\n    cursor\n    kind\n    previousStatus\n    occurredAt\n    source\n  }\n"): (typeof documents)["\n  fragment TimelineEvent on CallEvent {\n    cursor\n    kind\n    previousStatus\n    occurredAt\n    source\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateCall($id: ID!, $change: CallChange!) {\n    updateCall(input: { id: $id, change: $change }) {\n      call {\n        id\n        ...CallRow\n        ...CallFacts\n      }\n      userErrors {\n        ...UserErrorMessage\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateCall($id: ID!, $change: CallChange!) {\n    updateCall(input: { id: $id, change: $change }) {\n      call {\n        id\n        ...CallRow\n        ...CallFacts\n      }\n      userErrors {\n        ...UserErrorMessage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Accounts {\n    accounts {\n      id\n      name\n      capabilities\n      health {\n        state\n      }\n      ...AccountCard\n      ...AccountBanner\n    }\n  }\n"): (typeof documents)["\n  query Accounts {\n    accounts {\n      id\n      name\n      capabilities\n      health {\n        state\n      }\n      ...AccountCard\n      ...AccountBanner\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Calls($first: Int!, $after: String, $filter: CallFilter, $accountIds: [ID!]) {\n    calls(first: $first, after: $after, filter: $filter, accountIds: $accountIds) {\n      nodes {\n        id\n        from\n        to\n        direction\n        status\n        createdAt\n        account {\n          id\n        }\n        ...CallRow\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      unavailable {\n        message\n        retryAfter\n        account {\n          id\n          name\n        }\n      }\n      skipped {\n        providerCallId\n        reason\n        account {\n          id\n          name\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Calls($first: Int!, $after: String, $filter: CallFilter, $accountIds: [ID!]) {\n    calls(first: $first, after: $after, filter: $filter, accountIds: $accountIds) {\n      nodes {\n        id\n        from\n        to\n        direction\n        status\n        createdAt\n        account {\n          id\n        }\n        ...CallRow\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      unavailable {\n        message\n        retryAfter\n        account {\n          id\n          name\n        }\n      }\n      skipped {\n        providerCallId\n        reason\n        account {\n          id\n          name\n        }\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;
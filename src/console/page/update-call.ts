import { graphql } from './generated/index.ts';

/** Makes one change of a live call. The call is read afterwards, so that all pages learn of its state at once. */
export const UpdateCallDocument = graphql(`
  mutation UpdateCall($id: ID!, $change: CallChange!) {
    updateCall(input: { id: $id, change: $change }) {
      call {
        id
        ...CallRow
        ...CallFacts
      }
      userErrors {
        ...UserErrorMessage
      }
    }
  }
`);

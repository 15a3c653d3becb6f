import { graphql } from './generated/index.ts';

/** Makes one change of a live call. */
export const UpdateCallDocument = graphql(`
  mutation UpdateCall($id: ID!, $change: CallChange!) {
    updateCall(input: { id: $id, change: $change }) {
      userErrors {
        ...UserErrorMessage
      }
    }
  }
`);

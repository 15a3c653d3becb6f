/** The server has not put a list into the order that was asked for. Never leaves this folder. */
export class OrderIgnored extends Error {
  override readonly name = 'OrderIgnored';
}

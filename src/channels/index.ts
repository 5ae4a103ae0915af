export { kinds, means, meansOfKind, type Kind, type Means, type Secrets } from './kinds.ts';
export { openSender } from './open-sender.ts';
export { callbackUrlOf, hookUrl } from './rules/callback-url.ts';
export {
  saidBy,
  SendError,
  type Ears,
  type Incoming,
  type Outgoing,
  type Receipt,
  type Sender,
  type SendTrouble,
  type SentTo,
} from './sender.ts';

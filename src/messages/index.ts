export { callbackUrlOf } from '../channels/rules/callback-url.ts';
export type {
  InboundRow,
  Means,
  MessageContent,
  MessageRow,
  MessageState,
  NewMessage,
  OpenProvider,
  Provider,
  Purpose,
} from './message.ts';
export { openProviders } from './open-providers.ts';
export { listProviders } from './provider-store.ts';
export { queueMessage, recordSentElsewhere } from './queue-message.ts';
export { findMessage, listMessages, listUnhandled, markHandled } from './store.ts';
export { takeInbound } from './take-inbound.ts';
export { takeReceipt } from './take-receipt.ts';
export { answerHooks } from './hooks/answer-hooks.ts';
export { sendLoop } from './sending/send-loop.ts';

export { lantern, letter, type Letter } from './letter.ts';
export { mailServerThere, sendMail, type Mail } from './send-mail.ts';
export { smtpOptions } from './smtp-options.ts';

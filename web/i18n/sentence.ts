/** How a sentence of a page is written down. */

/** A sentence, or its forms by the plural category of `{count}`. */
export type Message = string | PluralForms;

/** Categories of Intl.PluralRules; which of them a language needs it knows itself. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

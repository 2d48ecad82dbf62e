// A small layer over the intent head: words that leave no doubt about the price, the parcel, a gift or a question.
import { type IntentLabel, intentLabels } from '@app/shared/emotion/labels';

type Rule = { intent: IntentLabel; factor: number; pattern: RegExp };

// The factor multiplies the head's probability before all are divided by their sum.
const rules: Rule[] = [
  {
    intent: 'price',
    factor: 8,
    pattern:
      /多少(?:钱|米|一[斤盒件个套箱双瓶])|几块钱|什么价|[咋怎]么?卖(?!萌)|价格|价位|优惠券|[领有]券|便宜[点些]|打[几多]?折|折扣|how much/,
  },
  {
    intent: 'logistics',
    factor: 8,
    pattern:
      /包邮|运费|邮费|快递|发货|物流|退货|退换|换货|无理由|[几多][天久](?:能|才|可以)?到|能到[吗不]|顺丰|发[^,。]{1,4}要?几天/,
  },
  {
    intent: 'gift',
    factor: 6,
    pattern:
      /上舰|舰长|灯牌|榜一|福袋|嘉年华|(?:[送刷]|投喂)[^,。]{0,4}(?:礼物|火箭|跑车|玫瑰|飞机|小心心|棒棒糖|花花)/,
  },
  {
    intent: 'question',
    factor: 3,
    pattern:
      /[吗嘛]\??$|.\?$|什么(?!破|垃圾|玩意|东西|鬼|价|时候[发上])|几[点号岁](?!链接)|哪[里儿个些款](?!.{0,2}[买拍])|会不会|是不是|有没有/,
  },
];

const purchasePattern =
  /怎么(?:买|拍|下单)|哪(?:里|儿|能)?(?:可以|能)?(?:买|下单)|^(?:[上求要发给]{0,2}个?|\d+号)链接[呢吗啊呀?]?$|小黄车|已拍|^刚?拍(?:了|完|下)[\d一二两三四五]?[个件单套]?[了啦]?$|(?:下单|付款|付完款)[了啦]|已下单|已付|[想要]买|想要|^上车|我要[\d一二两三][个件单套号]|加购|还有货|有货[吗不]|补货|加库存|where to buy/;
const notPurchase = /不[想要]|别[想要]|买不起|没钱|退|发货|要买吗/;

/** The intent probabilities after the rules; they still sum to 1. */
export function applyIntentRules(
  cleaned: string,
  scores: Record<IntentLabel, number>,
  isPurchase = saysPurchase(cleaned),
): Record<IntentLabel, number> {
  const out = { ...scores };
  for (const { intent, factor, pattern } of rules) if (pattern.test(cleaned)) out[intent] *= factor;
  if (isPurchase) out.price *= 6;
  let total = 0;
  for (const label of intentLabels) total += out[label];
  for (const label of intentLabels) out[label] /= total;
  return out;
}

/** True when the words alone say that this viewer wants to buy or has bought. */
export const saysPurchase = (cleaned: string): boolean => purchasePattern.test(cleaned) && !notPurchase.test(cleaned);

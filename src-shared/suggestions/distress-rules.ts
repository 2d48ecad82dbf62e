// Whether a viewer's words say that they are in danger. Rules, not a diagnosis; the threshold is high on purpose:
// a false card in front of an audience does harm too. Measured in docs/suggestions.md on the project's own lines.

/** From here on a card is made. */
export const distressFrom = 0.8;

/** What somebody says who means it: intent, plan or act, about oneself. */
const direct: readonly RegExp[] = [
  // A clause that begins with it; 看到账单我就活不下去了 does not.
  /^(主播|大家|对不起|妈妈|爸妈|爸爸|我|真的|真|已经|好累|太累|再也|实在|感觉|觉得|现在|今天|其实|自己|也|都|就|很|好|有点|一点|一点都|不知道为什么){0,6}(不想活(着|下去)?(了|啦|$)|活不下去(了|啦|$)|不想再活|活够了)/,
  /^(主播|大家|对不起|妈妈|爸妈|爸爸|我|真的|真|已经|好累|太累|再也|实在|感觉|觉得|现在|今天|其实|自己|也|都|就|很|好|有点|一点|一点都|不知道为什么){0,6}想(自杀|轻生|自尽|寻死)/,
  /我.{0,8}(想|要|准备|打算|决定|考虑).{0,3}(自杀|轻生|自尽|寻死)/,
  /(想|要|准备|打算|决定).{0,4}(结束|了结|了断)((我|自己|我自己)?的?(生命|一生|这条命|人生)|这?一切|(我|自己|我自己)(了|吧|$))/,
  /(今晚|今天|明天|马上|现在|等会|一会).{0,6}(自杀|割腕|上吊)/,
  /我.{0,6}(跳楼|跳河|跳江|跳海|跳桥)(了|吧|去)*$/,
  /我?(想|要|准备).{0,2}从.{0,6}(楼|桥|窗|天台).{0,3}跳(下去|下来|了)/,
  /(我|自己).{0,6}(割腕|上吊|站在(天台|楼顶)|在(天台|楼顶)上(了|$)|在(天台|楼顶)$)/,
  /(吃|吞|喝)了?.{0,3}(好多|很多|一瓶|一整瓶|整瓶|一大把|几十片|全部)的?(安眠药|药)/,
  /安眠药.{0,6}(吃|吞)(了|下|完)|(我|刚刚|刚才|又)割了?.{0,2}(手?腕|自己)/,
  /(楼顶|天台|桥上).{0,10}要跳(了|下去)/,
  /没有?.{0,4}(活下去的(理由|勇气|动力|意义)|(理由|勇气|动力|力气|希望).{0,2}活(下去|着))/,
  /(今晚|今天|明天|我|已经|真的).{0,4}不(打算|准备)活(?!着)/,
  /(想|要|忍不住).{0,5}(划|割|伤害)自己/,
  /(想|希望).{0,8}(再也不|不要再|不再)醒|不想.{0,2}(看|见)到?明天的太阳/,
  /我.{0,6}想.{0,3}怎么去?死(?!的)/,
  /遗书.{0,2}(都|已经|也)?(写好|写完|留好)|(写好了?|写了|留了|留下)遗书/,
  /我.{0,4}(死了算了|死了(就|是不是)*(好|解脱|一了百了)|想去死|想消失在(这个)?世(界|上))/,
  /(没有我|我不在了?|我死了|我走了?以后|我走了之后).{0,6}(大家|你们|他们|家里|爸妈|世界).{0,4}(会)?(更好|轻松|解脱)/,
  /\b(i|i'm|im|i am|ill|i'll|gonna|going to|wanna|want to)\b.{0,24}\b(kill(ing)? myself|end (my life|it all)|suicidal|commit suicide|take my (own )?life)\b/,
  /\bi (really |just |honestly )*(want|wanna|wish) (to )?(die|be dead|not wake up)\b/,
  /\b(i )?(don't|dont|do not|no longer) want to (live|be alive|exist)\b(?! (in|here|with|on|near|like|through))/,
  /\b(ending it|end it all|end it) (tonight|today|now)\b/,
  /\b(nobody|no one) would (miss me|notice|care) if i (died|was gone|were gone|disappeared)\b/,
  /\b(everyone|everybody|they|you all) would be better off without me\b/,
  /\bpills\b.{0,20}\btake (them )?all\b|\bi hate being alive\b/,
  /\bi took (all|a bottle of|too many) (my |the )?pills\b/,
];

/** What may be meant, or may be a manner of speaking: alone never enough. */
const vague: readonly RegExp[] = [
  /想死(?!你|我|他|她|宝|主播|老|大家|了你|了我)/,
  /活着.{0,6}((没|没有|没什么|毫无)(意思|意义|劲)|好累|太累|真累|为了什么)/,
  /不想活|活不下去/,
  /(撑|熬|坚持|扛)不(下去|住)了/,
  /(想|就)(解脱|一了百了|永远睡)/,
  /想跳下去|去另一个世界|(买好|点好|点上)了?炭/,
  /想消失了?$|死了大家都?解脱/,
  /死了.{0,4}(解脱|一了百了|清净)/,
  /没有?人(会)?(在乎|需要|爱|记得)我/,
  /\b(can't|cant|cannot) (go on|take (it|this) anymore|do this anymore)\b/,
  /\bno (reason|point) (to|in) (live|living)\b/,
  /\b(don't|dont|do not) want to be here (anymore|any more)\b/,
  /\bkms\b/,
];

/** What makes a vague sentence serious. */
const despair =
  /没有?(意义|希望|人在乎|人爱)|绝望|解脱|好痛苦|太痛苦|对不起(大家|爸|妈|你们)|(最后一次|再见了.{0,4}(世界|大家|各位)|大家再见|一了百了|今晚就走|来世|下辈子)|遗书|安眠药|天台|楼顶|割(腕|自己)|自(残|伤)|hopeless|goodbye (everyone|world)|last (night|message|time)|nobody (cares|would)|no one (cares|would)/;

/** Sayings in which death is a measure of degree, prices, works and games: never about oneself. */
const sayings =
  /(笑|累|困|饿|热|冷|急|吓|气|烦|美|爱|馋|酸|甜|好看|可爱|羡慕|尴尬|帅|土|丑|贵|忙|撑|渴|痒|疼|痛|晒|无聊|嗑|磕|毒|社|卷|香|辣|苦|懒|闷|堵|挤|恶心)死|想死(你|我|他|她|宝|主播|老|大家)|(笑|热|冷|累|困|饿|丢人|尴尬|社恐|急|羞|痛|疼)(得|的|到)(我)?(都|就|好|真|快|有点)?(想|要)死|没有?(?!.{0,2}(希望|意义|勇气|动力|力气|理由|意思)|人).{1,10}活不下去|跳楼(价|大?(甩|减|特|清)|机)|(杀|弄|打|秒|砍|干|锤|虐)(了|死)(他|她|它|你|对面|对手|boss|怪)|死(磕|肥宅|忠|党|线|亡|灵|侍|神|歌|结|循环|机|面|鬼|心|活不)|(找|作|送|该|装|诈|猝|赐|处|寻死觅活|要)死(?!了算)|生死|死了都要爱|不死|自杀(式|小队|突击队|兔|流|机|船|车|回城|回家|点)|(禁止|预防|防止|反对|拒绝|劝).{0,3}自杀|(不会|不要|别|没想|没有想|从没|不敢|不能|不可以).{0,3}(自杀|轻生|寻死|想不开|跳楼|想死)/;

/** Talk of games, stories and news: here these words are about somebody else or about a figure. */
const elsewhere =
  /对面|boss|小怪|野怪|打野|上单|中单|下路|辅助|射手|法师|团战|残血|丝血|复活|大招|闪现|人头|跳伞|毒圈|排位|队友|英雄|角色|副本|刷(本|图)|这(把|局|关|图|波)|开局|存档|重开|npc|剧情|主角|男主|女主|反派|电影|电视剧|小说|动漫|番|歌词|这首歌|唱|台词|新闻|历史|皇帝|明星|玩梗|剧本杀|密室|恐怖游戏|《|(他|她|它|队友|你|主播|老板|谁)(们)?(?!.{0,4}我).{0,4}(自杀|轻生|跳楼|不想活|活不下去|想死)|\b(game|boss|respawn|teammate|level|movie|lyrics|song|character)\b/;

/** Everyday complaints that end in such words all the time. */
const everyday =
  /作业|上班|加班|下班|周一|星期一|早八|早起|考试|期末|高数|数学|论文|毕设|ppt|减肥|体测|堵车|挤地铁|抽卡|歪了|保底|非酋|没抢到|卖完|掉线|卡成|延迟|网(络|速)|断更|鸽|价|贵|钱包|房贷|工资|股票|基金|空调|奶茶|咖啡|homework|exam|monday|work tomorrow|lag|cringe|embarrass/;

const laughter = /哈{2,}|嘿嘿|嘻嘻|hh+|23{2,}|xs(wl)?|笑哭|狗头|doge|开玩笑|开个玩笑|lol|lmao|haha|jk|😂|🤣|😆|😝|🐶/i;

/** 0 to 1: how sure the words are about the writer's own danger. */
export function distressScore(text: string): number {
  // What is no sign of danger by its length alone costs nothing: most danmaku end here.
  if (text.length < 3 || text.length > 200) return 0;
  const plain = text.normalize('NFKC').toLowerCase().replace(/[’]/g, "'");
  // Marks between Chinese characters go, so that 我 真的，不想活了 reads as one; Latin words keep one space.
  const joined = plain.replace(/[^\p{L}\p{N}'《]+/gu, /[a-z]/.test(plain) ? ' ' : '').trim();
  const clauses = [joined, ...plain.split(/[\s，。,.;；!！?？…~～、]+/u)];
  const isDirect = direct.some((rule) => clauses.some((clause) => rule.test(clause)));
  const vagueCount = vague.filter((rule) => rule.test(joined)).length;
  if (!isDirect && vagueCount === 0) return 0;
  if (sayings.test(joined)) return 0;
  let score = isDirect ? 0.9 : vagueCount > 1 ? 0.8 : 0.45;
  // What the vague rules took is not counted again as despair.
  const rest = vague.reduce((left, rule) => left.replace(rule, ' '), joined);
  if (despair.test(rest)) score += 0.35;
  if (/我|自己|\bi\b|\bmy\b|\bme\b/.test(joined)) score += 0.05;
  if (elsewhere.test(joined)) score -= 0.5;
  if (laughter.test(plain)) score -= 0.4;
  if (everyday.test(joined)) score -= 0.4;
  return Math.max(0, Math.min(1, score));
}

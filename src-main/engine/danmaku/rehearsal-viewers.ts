// Viewers of the rehearsal room: every name is put together here and belongs to nobody.
import type { Random } from './seeded-random.ts';

export type Viewer = { uid: string; name: string; medalLevel: number; guardLevel: 0 | 1 | 2 | 3; admin: boolean };

const words = (text: string) => text.trim().split(/\s+/);
const moods = words(`
困困的 半糖 慢半拍的 爱喝茶的 不加班的 迷路的 屋顶上的 三月的 没睡醒的 会飞的 怕冷的 攒钱的 路过的 想放假的 微醺的 一只 隔壁的 晒太阳的
不吃香菜的 早起失败的 穿拖鞋的 淋雨的 写不完作业的 山脚下的 橘色的 话很少的 准时下班的 存不住钱的`);
const beings = words(`
海獭 柚子 乌龙 汤圆 小鹿 橘猫 云朵 白茶 松鼠 芋圆 河狸 麻薯 南瓜 柴犬 仙人掌 豆沙包 企鹅 棉花糖 灯塔 刺猬 月饼 土豆 风铃 鲸鱼 萝卜糕 布丁
山雀 水母 糯米团 海盐`);
const wholeNames = words(`
阿澄 林间有雾 陶土三斤 南窗 沈小粥 今天也要喝热水 老周爱钓鱼 晚风与茶 拾光er 木子不是李 Momo_92 kiki在摸鱼 七里 打工人小陈 雪落无声_ 阿May
北方的河 山野来信 别催我在写 小王同学 二两桂花 不二 唐唐唐_ 一杯敬明天 夏天的西瓜皮 余生皆假期 xiaoyu0817 长颈鹿先森 皮皮虾走 江南旧雨`);

/** A room of `size` viewers: most without a medal, a few captains, one or two moderators. */
export function inviteViewers(random: Random, size: number): Viewer[] {
  const taken = new Set<string>();
  return Array.from({ length: size }, (_, index) => {
    let name = random.pick(wholeNames);
    if (taken.has(name)) name = random.pick(moods) + random.pick(beings);
    if (taken.has(name)) name = `${name}${random.pick(['', '_', 'の', '酱', '君'])}${random.integer(2, 9999)}`;
    taken.add(name);
    const luck = random.next();
    return {
      // Above every id the platform has given out, and still below 2^53.
      uid: String(9_000_000_000_000_000 + index * 7_919 + random.integer(0, 7_918)),
      name,
      medalLevel: random.next() < 0.35 ? random.integer(1, 28) : 0,
      guardLevel: luck < 0.002 ? 1 : luck < 0.01 ? 2 : luck < 0.05 ? 3 : 0,
      admin: index === 3 || index === 11,
    };
  });
}

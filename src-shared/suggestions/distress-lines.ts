// Lines for the tests of distress-rules.ts, written for them; none is a real viewer's.

const lines = (packed: string): readonly string[] =>
  packed
    .split('/')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Statements of danger. The last five say too little in words alone and are missed on purpose. */
export const dangerLines = lines(`
    我真的不想活了 / 我不想活了，谢谢你们陪我 / 活不下去了我真的撑不住了 / 我今晚就自杀 / 我想自杀 /
    我打算结束自己的生命 / 想结束这一切，对不起大家 / 我在天台上 / 我站在楼顶，风好大 / 我刚吞了一瓶安眠药 /
    我写好遗书了 / 已经写好了遗书，今晚就走 / 我死了算了，没人在乎 / 没有我大家会更好 / 我不在了你们会轻松 /
    我现在就割腕 / 自己割腕了好多血 / 我好想死，真的没希望了 / 想死，活着没意义 / 活着没有意义，没有人在乎我 /
    撑不下去了，想解脱 / 没人爱我，我想解脱 / 我真的 好累 不想活了 / 主播我不想活下去了 / 不想活了 / 我想去死 /
    我想消失在这个世界上 / 我准备轻生 / 我决定了断自己的一生 / 我死了是不是就解脱了 /
    坚持不下去了，再见了大家，没有希望了 / i want to die / I really want to die tonight / i'm going to kill myself /
    im gonna end my life / I don't want to live anymore / I dont want to be alive / i took all my pills /
    thinking of suicide? i am suicidal / I can't go on, nobody cares about me, goodbye everyone /
    there is no reason to live, i feel hopeless / i wish to not wake up / 我不想活了 / 真的活不下去了 / 好想自杀 /
    我想自杀了，谢谢主播陪我这么久 / 今天是我最后一天了，遗书写好了 / 我想从楼上跳下去 / 吃了好多安眠药，困了，再见 /
    我要去跳河了 / 感觉活着毫无意义，想死 / 我已经不想活下去了 / 我撑不住了，我想一了百了 / 准备今晚结束自己 /
    我割腕了 / 死了就解脱了吧，我好累 / 我真的好绝望，想死 / 没人需要我，活着好累 / i want to kill myself /
    i just want to die, nobody would care / im suicidal right now /
    i dont want to be here anymore, goodbye everyone / 我真的很想死，没有希望 / 我不想活，太痛苦了 /
    不想活下去了，爸妈对不起 / 其实我今天准备自杀的 / 我一直在考虑轻生 / 楼顶的风好冷，我要跳了 / 想跳下去一了百了 /
    我买好了炭，今晚就走 / 安眠药已经吃下去了 / 大家再见，我要去另一个世界了 / 我好累，真的活够了 /
    活着太痛苦了，我想解脱 / 我走了以后你们会更好 / 刚刚割了手腕 / 我想结束生命 / 没有活下去的理由了 /
    每天都想死，没人在乎 / 真的一点都不想活了 / i think about killing myself every day /
    i cant do this anymore, i want to die / please tell my mom i love her, i'm ending it tonight /
    nobody would miss me if i died / 我快撑不住了，真的想死 / 我今晚不打算活了 / 想用刀划自己 /
    我不想看到明天的太阳 / 如果我死了会有人难过吗，我想自杀 / 真的好想结束自己的生命啊 / 生活没希望了，活不下去 /
    我真的没有勇气活下去了 / 好想就这样睡过去再也不醒 / 我留了遗书给我妈 / 我每天都在想怎么死 /
    i have pills and i will take them all tonight / i want to end my life /
    life is pointless, i want to kill myself / i hate being alive / 我真的很想自杀 / 不想活了，太累了 /
    我想死，没人爱我 / 活着对我来说没有意义了 / 我打算今晚走，谢谢大家 / 已经吃了一整瓶药 / 我割腕了，好多血 /
    我想跳楼 / 我要自杀 / 我活着就是累赘，死了大家都解脱 / 没有人会记得我，我想消失 / 我撑不下去了，活着太痛苦 /
    我真的绝望了，不想再活 / 妈妈对不起我活不下去了 / 想从天台跳下去 / 我现在站在楼顶 / i will kill myself tonight /
    i don't want to live / everyone would be better off without me / i feel suicidal / 对不起，我要先走一步了 /
    我要从这里跳下去了 / 我已经在桥上了，再见 / 药我都准备好了，今晚吃 / 手上都是血，我不想再疼了，想死`);

/** Harmless lines with the same words: sayings, game talk, exaggeration, insults, stories. */
export const harmlessLines = lines(`
    笑死我了 / 笑得我想死 / 想死你了主播 / 好想死你了 / 想死我了你终于开播了 / 杀了他杀了他 / 杀了他(游戏) /
    快杀了那个boss / 累死了今天加班 / 累得想死 / 热死了想死 / 困死了 / 这操作笑死 / 我死了，对面打野太强 /
    我又死了，重开 / 我真的会死在这关 / 自杀回城更快 / 自杀式冲锋 / 队友想自杀吧这操作 / 他不想活了吧冲这么前 /
    这英雄不想活了冲塔 / 跳楼价大甩卖 / 今天跳楼价 / 主播是不是跳楼甩卖 / 上班上得不想活了哈哈 / 周一不想活了 /
    作业写不完我不想活了哈哈哈 / 考试挂了不想活了hhh / 抽卡歪了不想活了 / 没抢到我不想活了 / 我不想活了哈哈哈太好笑 /
    尴尬得我想死 / 社死了我 / 可爱死了 / 好看死了 / 羡慕死了 / 饿死了吃饭去 / 爱死你了 / 气死我了这裁判 / 吓死我了 /
    别自杀啊队友 / 不会自杀的放心 / 别想不开，日子会好的 / 预防自杀热线是多少 / 这首歌叫不想活了吗 /
    电影里男主最后自杀了 / 小说女主跳楼那段看哭了 / 唱死了都要爱 / 生死看淡 / 死循环了 / 作死小能手 / 主播你去死吧 /
    你怎么不去死 / 不作死就不会死 / 该死的网络 / 坚持不下去了，减肥好难 / 撑不住了先睡了 / 熬不住了晚安 /
    太累了想休息 / 没人在乎我的弹幕 / 没人爱我哈哈哈 / 解脱了终于考完 / 终于解脱了放假 / 再见了各位明天见 /
    最后一次抽奖了吗 / 今晚跳楼机玩不玩 / 想死磕到底 / 割肉了亏麻了 / 吃安眠药能治失眠吗 / 天台见，今天跌停 /
    我在楼顶拍的照片 / 抑郁了今天又没抢到 / i'm dead lol / this boss killed me again / kill him / i died laughing /
    dying of laughter / kms lol this lag / i want to die of cuteness lol / that joke killed me / killing it today /
    he killed himself in the movie / no reason to buy it / can't take it anymore haha so funny /
    my teammate wants to die / you will kill me with this song / 这个价格我直接死了 / 要死要活的 / 死马当活马医 /
    杀疯了 / 王炸，对面死定了 / 血崩了想死 / 想死宝宝了 / 帅死了这波 / 这游戏难到想死 / 我要死了这个价 /
    我死了谁救我一下 / 死了死了这把死了 / 这boss打得我不想活 / 我妈看到账单我就活不下去了 / 没有这个面膜我活不下去 /
    没有咖啡活不下去 / 下个月房租涨了活不下去了 / 钱包撑不住了 / 腰撑不住了 / 主播坚持不住了吧去休息 /
    不想活着被队友气死 / 刷到你我又活了 / 想结束这把了 / 结束自己的单身生活 / 今晚就跳楼大减价 / 今晚跳河捞鱼 /
    我打算了断这段感情 / 我在楼顶晒被子 / 我在天台吹风喝啤酒 / 写了遗书（剧本杀） / 要不要留遗书哈哈太可怕了 /
    恐怖游戏别玩了我会死的 / 再见了各位我去上课 / 对不起大家我来晚了 / 绝望的文盲 / 绝望了抽了一百发 /
    好痛苦的分手歌 / 自杀森林是哪里 / 自杀小队好看吗 / 黄泉路上见 / 我想静静 / 活着真好 / 活着就好 /
    活着好累啊周末还要开会 / 人活着为了什么为了吃 / 上班真没意思 / 躺平算了 / 我裂开了 / 我emo了 / 我人没了 /
    我真的会谢 / 我直接原地去世 / 原地爆炸 / 笑不活了 / 笑到不想活 / 已经笑晕在厕所 / 救命太好笑了 / 救命这也太美了 /
    救救我主播 / help me pick a color / this is killing me / i'm so dead / dying rn / dead inside lol /
    i want to die in this game again / want to live here so beautiful / i could die for this bag /
    killing time before work / end my life of single / i can't live without this cream /
    goodbye everyone see you tomorrow / last message before bed good night / 这价格我看了想跳楼 /
    房贷还不完了想跳楼 / 老板说加班我想死 / 被甩了好难过 / 失恋了求安慰 / 今天好丧 / 我好难过想哭 /
    心情很差来看你直播 / 你的歌救了我的命 / 抑郁症患者表示被治愈了 / 最近压力好大 / 明天不想上学 / 我的钱包死了 /
    我的手机要死了没电 / 鱼死了怎么办 / 花养死了 / 电脑死机了 / 死机重启一下 / 剧透死全家 / 反派终于死了 /
    他怎么又死了 / 我怎么又死了 / 死了三次了还没过 / 主播别死啊 / 不要死啊啊啊 / 别死别死奶一口 / 快死了快加血 /
    我要死了快救我 / 看我表演自杀 / 自爆吧 / 同归于尽 / 他跳楼了吗那个角色 / 往下跳往下跳 / 从窗户跳下去有箱子 /
    从楼上跳下来摔死了 / 跳伞跳学校 / 跳了跳了 / 割草真爽 / 一刀毙命 / 这刀太狠了 / 吃药吃药打绷带 / 喝药了喝药了 /
    嗑药吧血不够 / 安眠药那段剧情好吓人 / 遗书是谁写的 / 这关的遗书藏在哪 / 结束这局我就睡 / 结束生命值低的那个 /
    终结比赛 / 活够本了 / 活到一百岁 / 活不过三秒 / 不想活动了好累 / 我不想活动筋骨 / 主播活动有什么 /
    想活久一点就跟我 / 要死一起死 / 死也要抽到 / 死都不卖 / 死活抢不到 / 打死不退 / 死扛 / 困得想死明天还要早起 /
    饿得想死 / 今天被领导骂得想死 / 想死的心都有了这网 / 我想死在这个价格里 / 我想解脱这个套牢的基金 /
    想一了百了删号 / 撑不下去了这个弱网 / 熬不住了眼睛疼 / no one cares about my comment /
    end it already this match / kill me now this queue / want to die laughing / cringe i want to die /
    suicide squad is a good movie / i'm gonna kill this boss / time to end my stream / 这个boss太难了我想死 /
    老师布置这么多作业，要死 / 我死也要拿下这个价 / 主播你不想活了敢这么卖 / 这么便宜你不想活啦 / 我不活了太好看了 /
    你让我怎么活 / 活不成了这么卷 / 我没了 / 人要没了 / 我的命都给你 / 命给你 / 拿命来 / 今晚不睡了 /
    不想再疼了牙医太可怕 / 牙疼想死 / 痛经想死 / 生理期疼死我了 / 手划破了 / 切菜切到手全是血 / 跳下去捡装备 /
    跳桥那里有空投 / 桥上有人 / 去桥上架枪 / 刀我刀我 / 编剧要刀死我 / 结局刀死了 / 虐死我了 / 睡过去了刚醒 /
    先走一步明天见 / 先走一步啦各位 / 吃完药就睡 / 感冒药吃了犯困 / 药准备好了打针 / 我走了拜拜 / 不打算活着出副本 /
    早死早超生下一把 / 死了重来 / 我想重开 / 人生重开模拟器 / 想死在老婆怀里 / 好想死在海边度假 / 累觉不爱 / 心死了 /
    哀莫大于心死 / 心都死了这张卡 / 死心了不买了 / 不死心再抽十发 / 你怎么还没死 / 老不死的 / 打不死的小强 /
    i'm dying for this color / over my dead body / this song kills me / i would kill for that / to die for /
    i hate being single / hate my life lol exam tomorrow / fml / rip my wallet /
    he wants to end his life in this episode / dead game / 死也不退款 / 这皮肤帅得想死 / 我又死在毒里了 /
    主播死得好惨 / 怎么死的 / 我想知道他怎么死的 / 死亡回放看一下 / 不想活在夏天太热 / 活不下去了快发工资 /
    没空调活不下去 / 离了奶茶活不下去 / 今天不打算活着离开直播间 / 我要从这里跳吗还是绕路 / 从天台跳下去能捡箱子 /
    楼顶有人架枪 / 站在楼顶视野好 / 割草游戏好解压 / 想划走又舍不得 / 划到你了 / 今晚跳舞吗 / 明天的太阳会很大 /
    不想醒来上班 / 再也不醒来上早八 / 药在背包里 / 一瓶药回多少血 / 吃了一瓶药还是残血 / 绝望了这爆率 / 绝望的边坡 /
    消失的她好看吗 / 想消失术怎么学 / 没人记得我生日哈哈 / 累赘队友 / 带妹累赘 / 我是累赘带带我 / 解脱了毕业了 /
    这歌听得想死去的爱情 / 死去的记忆攻击我 / 想死的心都有 / 我裂开了想死 / 笑到想跳楼 / 房价看得想跳楼 /
    股票跌得我想跳楼 / 蹦极跳下去那一刻 / kill yourself noob / kys / i would die without coffee /
    this lag makes me want to die / better off without him / suicidal rush by the enemy /
    don't want to live in this city`);

//! Names of months, days of the week and feasts, in the languages and calendars of likely use, folded; apostrophes left out.

/// Months in full or short that mean nothing else in English.
pub(super) const MONTHS: &str = "jan feb febr apr jun jul aug sep sept oct nov january february april june july august september october november december \
    januar februar marz maerz mrz mai juni juli oktober okt dezember dez janner feber \
    janvier janv fevrier fevr mars avril avr juin juillet juil aout septembre octobre novembre decembre \
    enero ene febrero marzo abril abr mayo junio julio agosto septiembre setiembre octubre noviembre diciembre dic \
    gennaio febbraio aprile maggio giugno giu luglio lug settembre ottobre ott dicembre \
    janeiro fevereiro fev marco maio junho julho setembro outubro novembro dezembro \
    januari februari maart mrt mei augustus desember \
    ocak oca subat nisan mayis haziran temmuz agustos agu eylul eyl ekim kasim kas aralik \
    styczen stycznia luty lutego marzec marca kwiecien kwietnia maja czerwiec czerwca lipiec lipca sierpien sierpnia wrzesien wrzesnia \
    pazdziernik pazdziernika listopad listopada grudzien grudnia \
    rebendan cile sibat adar gulan heziran tirmeh tebax ilon cotmeh mijdar kanun \
    farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey bahman esfand \
    hamal sawr jawza saratan sunbula mizan aqrab qaws jadi dalw \
    muharram safar rabi jumada rajab shaban shaaban shabaan ramadan ramadhan ramazan ramzan shawwal shawal zilqad zulqada qidah qadah dhul dhu zulhijja \
    hijja hijjah \
    tishri tishrei cheshvan heshvan marcheshvan kislev tevet tebeth shevat shvat nissan nisan iyar iyyar sivan tammuz tamuz elul \
    tishrin teshrin kanoun shubat shbat adhar azzar ayyar huzayran hazeeran tammouz aylul ab \
    meskerem tikimt hidar tahsas yekatit megabit miyazya ginbot hamle nehase pagume \
    thout paopi hathor koiak tobi meshir paremhat parmouti pashons paoni epip mesori \
    chaitra vaisakha vaishakha jyaistha ashadha shravana bhadra ashvina kartika agrahayana pausha magha phalguna \
    kalends calends ides nones \
    январь января янв февраль февраля фев март марта апрель апреля апр май мая июнь июня июль июля август августа авг сентябрь сентября сен октябрь \
    октября окт ноябрь ноября декабрь декабря дек січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня \
    ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου σεπτεμβριου οκτωβριου νοεμβριου δεκεμβριου \
    يناير فبراير مارس ابريل مايو يونيو يونيه يوليو يوليه اغسطس سبتمبر اكتوبر نوفمبر ديسمبر كانون شباط اذار نيسان ايار حزيران تموز ايلول تشرين \
    محرم صفر رجب شعبان رمضان شوال جانفي فيفري افريل جوان جويليه اوت \
    ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר";

/// Short months of other languages that are words of English too: a month beside a number.
pub(super) const MONTHS_BESIDE_NUMBERS: &str = "mar mag ago set out gen nis haz tem ara sub eki sty lut kwi cze lip sie wrz paz lis gru";

/// Days of the week, in full or short, and parts of the year.
pub(super) const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri \
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche \
    lunes martes miercoles jueves viernes sabado domingo lunedi martedi mercoledi giovedi venerdi sabato domenica feira \
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag pazartesi sali carsamba persembe cuma cumartesi pazar \
    poniedzialek wtorek sroda czwartek piatek sobota niedziela yeksem dusem sesem carsem pencsem \
    понедельник вторник среда четверг пятница суббота воскресенье الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت \
    winter summer autumn midwinter midsummer solstice equinox";

/// Feasts and holy days of one word.
pub(super) const FEASTS: &str = "christmas xmas christmastide easter eastertide eid nowruz newroz norooz nauruz navroz ashura arbaeen arbaen mawlid milad \
    purim passover pesach shavuot sukkot hanukkah chanukah diwali deepavali holi vesak epiphany theophany pentecost whitsun whitsunday candlemas \
    michaelmas lammas martinmas halloween thanksgiving hogmanay septuagesima quinquagesima carnival shavuoth yalda akitu songkran tet \
    ostern weihnachten pfingsten paques noel navidad pascua natale pasqua bayram kurban ramazan juneteenth samhain beltane imbolc lughnasadh \
    kippur hashanah";

/// Feasts of several words, as patterns.
pub(super) const FEASTS_IN_WORDS: &str = r"\b(new year'?s?( (day|eve))?|boxing day|good friday|(ash|spy) wednesday|palm sunday|shrove|maundy|holy week|lent(en)? (season|term)|during lent|in lent|advent (season|sunday)|all (saints|souls)'?|(labou?r|may|independence|armistice|veterans'?|remembrance|memorial|victory|republic|national|constitution|columbus|bastille|anzac|army|mothers?'?s?|fathers?'?s?|saint [a-z]+'?s|st\.? [a-z]+'?s|valentine'?s?|women'?s) day|bank holiday|yom kippur|rosh hashanah?|lunar new year|spring festival|mardi gras|corpus christi|laylat al|lailat al|isra and mi'?raj|ascension day|harvest festival|full moon|new moon|blue moon|carsema sor)\b";
